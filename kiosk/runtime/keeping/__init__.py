"""What must survive: sealed outbox, encrypted sitting, and the one thread that writes both."""
