"""Numbers and dates as people read and hear them, per language."""

from kiosk.core.texts import Texts


def money(cents: int, language: str) -> str:
    """Return an amount in euros: `52,00 €` in German, `€52.00` in English."""
    euros, rest = divmod(cents, 100)
    return f"€{euros}.{rest:02d}" if language == "en" else f"{euros},{rest:02d} €"


def months(texts: Texts, language: str) -> tuple[str, ...]:
    """Return the twelve months' names."""
    return tuple(texts.say(language, f"month.{number}") for number in range(1, 13))


def birthday(day: int, month: int, texts: Texts, language: str) -> str:
    """Return a day and month, such as `3. August`."""
    name = texts.say(language, f"month.{month}")
    return f"{day} {name}" if language == "en" else f"{day}. {name}"


def digits(number: str) -> str:
    """Return a number to be said digit by digit, with a pause after every third."""
    groups = (number[at : at + 3] for at in range(0, len(number), 3))
    return ". ".join(", ".join(group) for group in groups)
