"""Which characters names may have, and which of them a document can show."""

import unicodedata

SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"  # visible, and in the documents' fonts
_NAME_SIGNS = frozenset(" ',-.`~¨´·ʹʺʾʿˈˌ‘’‡")  # DIN SPEC 91379, datatype A, beside its letters
_SHOWN = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x250, 0x36F), (0x400, 0x45F)),
    *((0x391, 0x3A1), (0x3A3, 0x3C9)),
    *((0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x2116, 0x2116)),
    *((0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2264, 0x2265), (0xFFFD, 0xFFFD)),
)  # within Atkinson Hyperlegible Next and Libertinus Serif; the test sets every one of them
NAME_RULE = "takes Latin letters with their marks, and name punctuation (DIN SPEC 91379)"
TEXT_RULE = "takes printable Latin or Cyrillic characters, and must not be blank"


def is_name(text: str) -> bool:
    """Tell whether these are characters of a natural person's name (DIN SPEC 91379, A)."""
    return all(map(_in_a_name, unicodedata.normalize("NFC", text))) and _begins(text)


def is_text(text: str) -> bool:
    """Tell whether a document can show every character, and some are no blanks."""
    return bool(text.strip()) and all(map(_shown, text)) and _begins(text)


def displayable(text: str) -> str:
    """Return the text with `SUBSTITUTE` for what a document cannot show."""
    return "".join(one if _shown(one) or one == "\n" else SUBSTITUTE for one in text)


def _in_a_name(letter: str) -> bool:
    if letter in _NAME_SIGNS or unicodedata.combining(letter):
        return _shown(letter)
    is_letter = unicodedata.category(letter).startswith("L")
    return is_letter and unicodedata.name(letter, "").startswith("LATIN ") and _shown(letter)


def _shown(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _SHOWN)


def _begins(text: str) -> bool:
    """Tell whether there is a letter for the first mark to stand on."""
    return not text or not unicodedata.combining(text[0])
