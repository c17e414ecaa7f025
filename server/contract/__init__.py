"""What the server promises its clients; the only part of it that a terminal imports."""
