"""Pickup numbers: eight random digits and a Damm check digit, shown as `123 456 789`."""

from collections.abc import Callable

# Damm, "Total anti-symmetrische Quasigruppen" (2004), quasigroup of order 10.
_TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
LENGTH = 9


def check_digit(digits: str) -> str:
    """Return the Damm check digit of a string of decimal digits."""
    row = 0
    for digit in digits:
        row = int(_TABLE[row][int(digit)])
    return str(row)


def draw(randbelow: Callable[[int], int]) -> str:
    """Draw a pickup number; `randbelow(n)` gives a uniform integer in 0..n-1."""
    digits = f"{randbelow(10**8):08d}"
    return digits + check_digit(digits)


def is_valid(number: str) -> bool:
    """Tell whether the text is nine digits with the right check digit."""
    return (
        len(number) == LENGTH
        and number.isascii()
        and number.isdigit()
        and check_digit(number) == "0"
    )


def spaced(number: str) -> str:
    """Return the number in groups of three, as people read it."""
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))
