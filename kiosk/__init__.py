"""The terminal: the citizen's journey, the sealed outbox and the screens."""
