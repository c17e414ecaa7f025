"""Looking after the office's programs, at times the test sets."""

from demo.tending import AWAY_SECONDS, FALLS, TERMINAL, WITHIN_SECONDS, Tending

KILLED = -9


def test_an_ended_program_is_told_once():
    tending = Tending()
    (line,) = tending.note({"server": KILLED}, 0)
    assert "server was ended by SIGKILL" in line
    assert tending.note({"server": KILLED}, 1) == []


def test_a_device_stays_away_long_enough_to_be_missed():
    tending = Tending()
    tending.note({"fingerprint": 1}, 0)
    assert tending.due(AWAY_SECONDS - 1) == []
    assert tending.due(AWAY_SECONDS) == ["fingerprint"]
    assert tending.due(AWAY_SECONDS) == []


def test_the_terminal_is_back_at_once():
    tending = Tending()
    tending.note({TERMINAL: KILLED}, 0)
    assert tending.due(0) == [TERMINAL]


def test_a_program_that_keeps_ending_is_given_up():
    tending = Tending()
    for fall in range(FALLS):
        assert tending.given_up() is None
        tending.note({TERMINAL: 1}, fall)
        tending.due(fall)
    assert tending.given_up() == TERMINAL


def test_falls_long_ago_do_not_count():
    tending = Tending()
    for fall in range(2 * FALLS):
        tending.note({TERMINAL: 1}, fall * WITHIN_SECONDS)
        tending.due(fall * WITHIN_SECONDS)
    assert tending.given_up() is None
