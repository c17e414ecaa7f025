"""One sentence at a time, the most important one, and never a flicker."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.criteria import Criterion, Verdict
from hardware.photo.hints import HOLD, LAWFUL_HEAD, Steady, hint_for
from hardware.photo.report import Hint
from hardware.photo.rules.limits import LIMITS
from hardware.photo.rules.look import BOTH_EYES
from hardware.photo.rules.measure import Measure
from hardware.photo.rules.table import verdict


def all_well() -> dict[str, Criterion]:
    return {
        limit.code: replace(verdict(limit, Measure(None)), verdict=Verdict.OK) for limit in LIMITS
    }


def wrong(code: str, value: float, note: str = "") -> tuple[Criterion, ...]:
    limit = next(limit for limit in LIMITS if limit.code == code)
    return tuple((all_well() | {code: verdict(limit, Measure(value, note))}).values())


@pytest.mark.parametrize(
    ("code", "value", "hint"),
    [
        ("no_face", 0, Hint.SEARCHING_FACE),
        ("4.3_other_person", 1, Hint.MULTIPLE_FACES),
        ("5.4_head_height", 0.95, Hint.STEP_BACK),
        ("5.4_head_height", LAWFUL_HEAD + 0.01, Hint.STEP_BACK),
        ("5.4_head_height", 0.4, Hint.STEP_FORWARD),
        ("5.7_eye_distance", 200, Hint.STEP_FORWARD),
        ("5.6_horizontal", 0.3, Hint.STEP_LEFT),
        ("5.6_horizontal", 0.7, Hint.STEP_RIGHT),
        ("5.5_vertical", 0.2, Hint.MOVE_DOWN),
        ("5.5_vertical", 0.7, Hint.MOVE_UP),
        ("1.1_yaw", 9, Hint.LOOK_STRAIGHT),
        ("1.2_pitch", -12, Hint.LOOK_STRAIGHT),
        ("3.3_gaze", 2, Hint.LOOK_STRAIGHT),
        ("1.3_roll", 12, Hint.HEAD_UPRIGHT),
        ("3.1_eyes_open", 0.1, Hint.OPEN_EYES),
        ("2.2_mouth", 0.2, Hint.CLOSE_MOUTH),
        ("2.1_neutral", 0.1, Hint.NEUTRAL_FACE),
        ("3.2_occlusion", 0.5, Hint.UNCOVER_FACE),
        ("face_occlusion", 30, Hint.UNCOVER_FACE),
        ("6.4_glasses_effects", 0.1, Hint.TAKE_OFF_GLASSES),
        ("7.1_exposure", 30, Hint.MORE_LIGHT),
        ("7.1_exposure", 99, Hint.EVEN_LIGHT),
        ("6.1_lighting", 0.2, Hint.EVEN_LIGHT),
        ("7.2_focus", 2, Hint.STAND_STILL),
    ],
)
def test_each_fault_has_its_sentence(code: str, value: float, hint: Hint) -> None:
    assert hint_for(wrong(code, value), moving=False) is hint


def test_covering_both_eyes_means_glasses() -> None:
    covered = wrong("3.2_occlusion", 0.9, BOTH_EYES)
    assert hint_for(covered, moving=False) is Hint.TAKE_OFF_GLASSES


def test_a_mouth_on_its_way_open_is_told_to_close_from_the_start() -> None:
    opening = {one.code: one for one in wrong("2.1_neutral", 0.1)}
    mouth = replace(opening["2.2_mouth"], value=0.04)
    assert mouth.verdict is Verdict.OK
    criteria = tuple((opening | {"2.2_mouth": mouth}).values())
    assert hint_for(criteria, moving=False) is Hint.CLOSE_MOUTH


def test_when_all_is_well_the_picture_is_taken_unless_the_face_moves() -> None:
    criteria = tuple(all_well().values())
    assert hint_for(criteria, moving=False) is Hint.CAPTURING
    assert hint_for(criteria, moving=True) is Hint.STAND_STILL


@given(st.lists(st.sampled_from(list(Hint)), min_size=2, max_size=200))
def test_no_sentence_ever_leaves_before_it_can_be_read(wanted: list[Hint]) -> None:
    steady, changes = Steady(), []
    for frame, hint in enumerate(wanted):
        before, now = steady.shown, frame / 10
        if steady.settle(hint, now) != before:
            changes.append(now)
    assert all(b - a >= HOLD - 1e-9 for a, b in pairwise(changes))


def test_one_passing_frame_changes_no_sentence() -> None:
    steady = Steady()
    for tenth in range(10, 21):
        steady.settle(Hint.STEP_FORWARD, tenth / 10)
    passing = [steady.settle(Hint.NEUTRAL_FACE, at) for at in (2.05, 2.1)]
    assert passing == [Hint.STEP_FORWARD] * 2
    settled = [steady.settle(Hint.CLOSE_MOUTH, at) for at in (2.15, 2.25, 2.36)]
    assert settled == [Hint.STEP_FORWARD, Hint.STEP_FORWARD, Hint.CLOSE_MOUTH]


def test_a_sentence_needed_now_and_then_stays() -> None:
    steady = Steady()
    shown = {
        steady.settle(Hint.OPEN_EYES if frame % 2 else Hint.CLOSE_MOUTH, frame / 10)
        for frame in range(10, 60)
    }
    assert len(shown) == 1
