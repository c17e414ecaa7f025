"""How things look: theme, letters, shapes and the pieces that screens are built of."""
