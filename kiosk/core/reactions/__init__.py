"""What each kind of event does to a visit: pure functions, grouped by topic."""
