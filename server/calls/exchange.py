"""Who is connected and who talks to whom; every desk hears of every change."""


class Exchange:
    """The sockets of all desks and terminals around one waiting line."""

    def __init__(self) -> None:
        self.clerks_online = 0
        self.calls = 0

    def captures_changed(self) -> None:
        """Tell every desk to fetch today's captures again."""
