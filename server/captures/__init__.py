"""The life of a capture at the server, from intake to deletion."""
