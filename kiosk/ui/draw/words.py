"""The few words that the screen itself needs, in the language of the view."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.texts import Texts
from kiosk.core.view import Progress


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of `assets/i18n/*/panel.toml` in one language."""

    texts: Texts
    language: str

    def say(self, name: str, **values: object) -> str:
        return self.texts.say(self.language, name, **values)

    def date(self, now: datetime) -> str:
        """Return a day such as `Montag, 23. November`."""
        weekday = self.say(f"weekday.{now.weekday()}")
        month = self.say(f"month.{now.month}")
        return self.say("panel.date", weekday=weekday, day=now.day, month=month)

    def step(self, progress: Progress) -> str:
        name = progress.names[progress.at - 1]
        return self.say("panel.step", at=progress.at, of=progress.of, step=name)

    def then(self, progress: Progress) -> str:
        """Return the name of the next step, empty on the last."""
        if progress.at >= progress.of:
            return ""
        return self.say("panel.then", step=progress.names[progress.at])
