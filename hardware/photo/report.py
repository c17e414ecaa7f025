"""Result of a photo check: one verdict per criterion of BSI TR-03121-3 Vol. GID, Table 5.2/5.3."""

from dataclasses import dataclass
from enum import StrEnum

from hardware.criteria import Criterion
from hardware.types import Fault


@dataclass(frozen=True, slots=True)
class PhotoReport:
    """All criteria of one picture and what follows from them."""

    accepted: bool
    reasons: tuple[str, ...]  # codes of criteria that are not OK, worst first
    criteria: tuple[Criterion, ...]
    elapsed_ms: float
    fault: Fault | None = None  # why the picture could not be judged at all

    @property
    def error(self) -> str:
        """Return the code of the fault; empty when the picture was judged."""
        return self.fault.code if self.fault else ""


class Hint(StrEnum):
    """Live guidance words of TR-03121-2-2 (HLBS face status) and our own additions."""

    SEARCHING_FACE = "SearchingFace"
    STEP_BACK = "StepBack"
    STEP_FORWARD = "StepForward"
    STEP_LEFT = "StepLeft"
    STEP_RIGHT = "StepRight"
    MOVE_UP = "MoveUp"
    MOVE_DOWN = "MoveDown"
    STAND_STILL = "StandStill"
    LOOK_STRAIGHT = "LookStraight"
    OPEN_EYES = "OpenEyes"
    CLOSE_MOUTH = "CloseMouth"
    MULTIPLE_FACES = "MultipleFaces"
    HEAD_UPRIGHT = "HeadUpright"
    NEUTRAL_FACE = "NeutralFace"
    TAKE_OFF_GLASSES = "TakeOffGlasses"
    UNCOVER_FACE = "UncoverFace"
    MORE_LIGHT = "MoreLight"
    EVEN_LIGHT = "EvenLight"
    CAPTURING = "Capturing"
