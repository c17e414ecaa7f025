"""Line breaking: no word is cut, nothing is lost, soft hyphens only where needed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.view import Look
from kiosk.ui.draw.theme import Style, theme_of
from tests.kiosk.ui.driver import Driver

WORDS = st.lists(st.text("abcdeßäöüMW", min_size=1, max_size=14), min_size=1, max_size=12)


@given(words=WORDS, width=st.integers(60, 600))
@settings(max_examples=60)
def test_wrapping_keeps_every_word_whole_and_in_order(
    window: Driver, words: list[str], width: int
) -> None:
    from kiosk.ui.draw.letters import wrapped

    lines = wrapped(" ".join(words), "regular", 20, width)
    assert " ".join(lines).split() == words


def test_lines_fit_the_width(window: Driver) -> None:
    from kiosk.ui.draw.letters import width_of, wrapped

    lines = wrapped("Ihre Aufnahmen werden nach dem Abruf gelöscht", "regular", 20, 180)
    assert len(lines) > 1
    assert all(width_of(line, "regular", 20) <= 180 for line in lines)


def test_a_long_word_breaks_at_its_soft_hyphen_only_when_it_must(window: Driver) -> None:
    from kiosk.ui.draw.letters import wrapped

    word = "Aufenthalts\u00adbescheinigung"
    assert wrapped(word, "regular", 20, 600) == ("Aufenthaltsbescheinigung",)
    assert wrapped(word, "regular", 20, 160) == ("Aufenthalts-", "bescheinigung")


def test_letters_shrink_before_a_word_is_cut(window: Driver) -> None:
    from kiosk.ui.draw.letters import block

    theme = theme_of(Look(), 0.5)
    set_text = block(theme, "Fingerabdrücke", Style.HEADING, 140)
    assert set_text.width <= 140
    assert 0.62 < set_text.shrunk < 1
    assert set_text.lines == 1


def test_every_letter_of_both_languages_is_in_the_fonts(window: Driver) -> None:
    from fontTools.ttLib import TTFont

    import assets
    from kiosk.runtime import texts

    wanted = {
        letter
        for words in texts.load().languages.values()
        for text in words.values()
        for letter in text
        if letter.isprintable()
    }
    for file in assets.path("fonts").glob("Atkinson*.ttf"):
        assert not wanted - {chr(code) for code in TTFont(file).getBestCmap()}
