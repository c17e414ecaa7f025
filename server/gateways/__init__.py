"""The world outside the office, as far as this server reaches into it."""
