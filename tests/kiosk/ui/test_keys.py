"""Keys and the speech of the focus on real screens."""

from kiosk.core import events
from kiosk.core.view import Screen
from tests.kiosk.ui import views
from tests.kiosk.ui.driver import Driver

TAB, ENTER, ESCAPE, F1, BACKSPACE = 9, 13, 27, 282, 8
UP, DOWN, RIGHT, LEFT = 273, 274, 275, 276


def meant(screen: Driver) -> list[object]:
    return [one for one in screen.events if not isinstance(one, events.Touched)]


def test_keys_walk_over_everything_and_come_round(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    ready = [one.id for one in screen.stage.targets() if one.enabled]
    walked = []
    for _ in range(len(ready) + 1):
        screen.key(TAB)
        walked.append(screen.stage.hands.navigator.focused)
    assert walked == [*ready, ready[0]]
    screen.key(TAB, held=("shift",))
    assert screen.stage.hands.navigator.focused == ready[-1]


def test_the_first_enter_only_shows_where_one_is(screen: Driver) -> None:
    screen.show(views.view(Screen.ATTRACT))
    screen.key(ENTER)
    assert screen.stage.focused == "begin"
    assert meant(screen) == []
    screen.key(ENTER)
    assert meant(screen) == [events.Begin()]


def test_a_key_held_down_presses_once(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    screen.key(TAB)
    for _ in range(5):
        screen.window.dispatch("on_key_down", ENTER, 0, None, [])
    assert meant(screen) == [events.ChooseService("id-card")]
    screen.window.dispatch("on_key_up", ENTER, 0)
    screen.key(ENTER)
    assert len(meant(screen)) == 2


def test_after_a_question_the_ring_is_where_it_was(screen: Driver) -> None:
    plain = views.view(Screen.DETAILS)
    screen.show(plain)
    screen.stage.hands.navigator.focused = "start_again"
    screen.show(views.shown(views.special()["question_start_again"]))
    assert screen.stage.focused == ""
    screen.key(TAB)
    assert screen.stage.focused == "stay"
    screen.show(plain)
    assert screen.stage.focused == "start_again"


def test_typing_ends_with_enter_and_takes_letters_back(screen: Driver) -> None:
    screen.show(views.shown(views.special()["details_number"]))
    for code, letter in ((49, "1"), (55, "7"), (51, "3"), (BACKSPACE, "\x08"), (50, "2")):
        screen.key(code, letter)
    screen.key(ENTER)
    assert meant(screen) == [events.Answer("height", "172")]


def test_enter_presses_and_escape_goes_back(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    screen.key(TAB)
    screen.key(ENTER)
    screen.key(ESCAPE)
    assert meant(screen) == [events.ChooseService("id-card"), events.Back("services")]


def test_escape_stays_where_a_question_is_open(screen: Driver) -> None:
    screen.show(views.shown(views.special()["question_silence"]))
    screen.key(ESCAPE)
    assert meant(screen) == [events.StayHere()]


def test_arrows_walk_a_grid_as_it_stands(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH))
    screen.stage.hands.navigator.focused = "day:10"
    walked = []
    for key in (DOWN, RIGHT, UP, LEFT, DOWN, DOWN, DOWN, DOWN):
        screen.key(key)
        walked.append(screen.stage.hands.navigator.focused)
    assert walked[:6] == ["day:18", "day:19", "day:11", "day:10", "day:18", "day:26"]
    assert walked[6] in ("month:1", "month:2")
    assert walked[7] in ("month:5", "month:6")


def test_arrows_lead_everywhere_and_never_end(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    screen.key(DOWN)
    for key in (DOWN, DOWN, DOWN, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, UP, UP, LEFT):
        before = screen.stage.hands.navigator.focused
        screen.key(key)
        assert screen.stage.hands.navigator.focused not in ("", before)


def test_escape_leaves_a_waiting_call_before_the_screen(screen: Driver) -> None:
    screen.show(views.shown(views.special()["call_waiting"]))
    screen.key(ESCAPE)
    screen.show(views.view(Screen.PRIVACY))
    screen.key(ESCAPE)
    assert meant(screen) == [events.HangUp(), events.Back("privacy")]


def test_the_focus_is_spoken_with_its_place_only_when_speech_is_on(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    screen.key(TAB)
    assert screen.said == []
    screen.show(views.view(Screen.SERVICES, views.look(speech=True)))
    screen.key(TAB)
    assert screen.said[-1].startswith("Reisepass.")
    assert screen.said[-1].endswith("2 von 11")


def test_the_focus_scrolls_into_sight(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH, views.look(text=1.3)))
    for _ in range(45):
        screen.key(TAB)
    focused = screen.stage.hands.navigator.focused
    assert focused in {one.id for one in screen.stage.reachable()}


def test_the_toolkits_own_keys_are_dead(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    assert screen.window.dispatch("on_key_down", F1, 0, None, [])
    assert screen.window.dispatch("on_request_close")
