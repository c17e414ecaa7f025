"""What a live call between a citizen and a clerk is."""
