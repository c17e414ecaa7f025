"""Effects of the terminal: devices, outbox, sync, speech and the media process."""
