"""Chooses the one thing the citizen should change now, and keeps the sentence from flickering."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.criteria import Criterion, Verdict
from hardware.photo.report import Hint
from hardware.photo.rules.look import BOTH_EYES

Criteria = Mapping[str, Criterion]

HOLD = 0.6  # seconds a sentence stays at least, so that it can be read
PATIENCE = 0.2  # seconds that another sentence must be right before it comes
STALE = 0.6  # seconds after which a sentence that is not right leaves, whichever comes


def _failed(code: str, hint: Hint) -> Callable[[Criteria], Hint | None]:
    return lambda criteria: hint if _is_wrong(criteria[code]) else None


def _side(code: str, below: Hint | None, above: Hint | None) -> Callable[[Criteria], Hint | None]:
    """The hint for a value below its minimum or above its maximum."""

    def choose(criteria: Criteria) -> Hint | None:
        c = criteria[code]
        if c.value is None or not _is_wrong(c):
            return None
        return below if c.min is not None and c.value < c.min else above

    return choose


def _covered(criteria: Criteria) -> Hint | None:
    c = criteria["3.2_occlusion"]
    if not _is_wrong(c):
        return None
    return Hint.TAKE_OFF_GLASSES if c.note == BOTH_EYES else Hint.UNCOVER_FACE


LAWFUL_HEAD = 0.82  # law: 80 % of the picture; TR accepts 90 %, a person can still step back


def _roomy(criteria: Criteria) -> Hint | None:
    head = criteria["5.4_head_height"].value
    return Hint.STEP_BACK if head is not None and head > LAWFUL_HEAD else None


HALF_OPEN = 0.5  # of the mouth's limit


def _expression(criteria: Criteria) -> Hint | None:
    """A mouth that opens changes the expression first; what to do about it is one and the same."""
    if not _is_wrong(criteria["2.1_neutral"]):
        return None
    mouth = criteria["2.2_mouth"]
    opens = (mouth.value or 0.0) > HALF_OPEN * (mouth.max or 1.0)
    return Hint.CLOSE_MOUTH if opens else Hint.NEUTRAL_FACE


ORDER = (
    _failed("no_face", Hint.SEARCHING_FACE),
    _failed("4.3_other_person", Hint.MULTIPLE_FACES),
    _side("5.3_head_width", None, Hint.STEP_BACK),
    _side("5.4_head_height", None, Hint.STEP_BACK),
    _failed("5.7_eye_distance", Hint.STEP_FORWARD),
    _side("5.3_head_width", Hint.STEP_FORWARD, None),
    _side("5.4_head_height", Hint.STEP_FORWARD, None),
    _failed("1.1_yaw", Hint.LOOK_STRAIGHT),
    _failed("1.3_roll", Hint.HEAD_UPRIGHT),
    _roomy,
    # The eyes too far left in the unmirrored picture: the person stands too far to their own right.
    _side("5.6_horizontal", Hint.STEP_LEFT, Hint.STEP_RIGHT),
    _side("5.5_vertical", Hint.MOVE_DOWN, Hint.MOVE_UP),
    _failed("5.2_width", Hint.HEAD_UPRIGHT),
    _side("7.1_exposure", Hint.MORE_LIGHT, Hint.EVEN_LIGHT),
    _failed("6.1_lighting", Hint.EVEN_LIGHT),
    _failed("6.4_glasses_effects", Hint.TAKE_OFF_GLASSES),
    _covered,
    _failed("face_occlusion", Hint.UNCOVER_FACE),
    _failed("3.1_eyes_open", Hint.OPEN_EYES),
    _failed("2.2_mouth", Hint.CLOSE_MOUTH),
    _expression,
    _failed("1.2_pitch", Hint.LOOK_STRAIGHT),
    _failed("3.3_gaze", Hint.LOOK_STRAIGHT),
    _failed("6.2_shadows", Hint.EVEN_LIGHT),
    _failed("6.3_hotspots", Hint.EVEN_LIGHT),
    _failed("4.2_background_shadow", Hint.EVEN_LIGHT),
    _failed("7.2_focus", Hint.STAND_STILL),
)
"""What stands in the way most comes first: what makes every later criterion meaningless, then what
a person can change at once. Faults of wall and camera have no sentence for the citizen."""


def hint_for(criteria: tuple[Criterion, ...], moving: bool) -> Hint:
    """Return the most important thing to change; CAPTURING when there is none."""
    by_code = {c.code: c for c in criteria}
    for rule in ORDER:
        if hint := rule(by_code):
            return hint
    return Hint.STAND_STILL if moving else Hint.CAPTURING


def _is_wrong(criterion: Criterion) -> bool:
    return criterion.verdict is Verdict.NOT_OK


@dataclass(slots=True)
class Steady:
    """Keeps each hint for HOLD seconds and leaves it only for one that was right for PATIENCE."""

    shown: Hint = Hint.SEARCHING_FACE
    since: float = float("-inf")
    needed: float = float("-inf")
    coming: Hint = Hint.SEARCHING_FACE
    asked: float = float("-inf")

    def settle(self, wanted: Hint, now: float) -> Hint:
        """Take what would be right now, return what to show; `now` in seconds."""
        if wanted != self.coming:
            self.coming, self.asked = wanted, now
        if wanted == self.shown:
            self.needed = now
        elif now - self.since >= HOLD and self._may_leave(now):
            self.shown, self.since, self.needed = wanted, now, now
        return self.shown

    def _may_leave(self, now: float) -> bool:
        """One passing frame changes no sentence; two that alternate keep no third for ever."""
        return now - self.asked >= PATIENCE or now - self.needed >= STALE
