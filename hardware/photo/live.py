"""Judges live frames: guides the citizen, notices when all is well, and keeps the best shots."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageCms

from hardware.criteria import Criterion, Verdict
from hardware.photo.check import report
from hardware.photo.crop import Cut, cut_out
from hardware.photo.face import Face, FaceFinder, Faces
from hardware.photo.hints import Steady, hint_for
from hardware.photo.pose import Pose
from hardware.photo.report import Hint, PhotoReport
from hardware.photo.rules.limits import Template
from hardware.photo.rules.table import faceless, judge
from hardware.photo.scene import Scene, crown_height, scene_of
from hardware.types import Frame, Image

GOOD_FRAMES, GOOD_SECONDS = 3, 0.25  # in a row, before a release
STILL = 0.35  # eye distances per second; more is movement
APART = 0.4  # seconds between shots offered as equals, so that there is a choice
MOST_SHOTS = 4  # each holds its whole frame; one more than is offered, as the newest slides

Shares = tuple[float, float, float, float]
Rank = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Live:
    """What one frame says: guidance, whether to release now, head box as shares of the frame."""

    hint: Hint
    good: bool
    face: Shares | None
    report: PhotoReport


@dataclass(frozen=True, slots=True)
class Shot:
    """One finished photo: JPEG 1244 x 1600, quality 100, 4:4:4, sRGB."""

    jpeg: bytes = field(repr=False)
    report: PhotoReport
    captured_at: float


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    frame: Frame
    cut: Cut
    report: PhotoReport

    @property
    def at(self) -> float:
        return self.frame.captured_at

    @property
    def rank(self) -> Rank:
        return _rank(self.report.criteria)


class LivePhoto:
    """One photo session; make a new one for each attempt. `clock` gives monotonic seconds."""

    def __init__(self, finder: FaceFinder, template: Template, clock: Callable[[], float]) -> None:
        self._finder, self._template, self._clock = finder, template, clock
        self._steady = Steady()
        self._kept: list[_Candidate] = []
        self._good_since: list[float] = []
        self._before: tuple[Pose, float] | None = None

    def see(self, frame: Frame) -> Live:
        """Judge one frame; frames must come in order."""
        started = self._clock()
        faces = self._finder.find(frame.image)
        if faces.main is None:
            return self._nobody(started)
        scene = scene_of(frame.image, faces, faces.main)
        criteria = judge(scene, self._template)
        moving = self._moves(scene.frame_pose, frame.captured_at)
        result = report(criteria, started, self._clock)
        self._keep(_Candidate(frame, scene.cut, result))
        wanted = hint_for(criteria, moving)
        well = result.accepted and wanted is Hint.CAPTURING
        good = self._is_good(well, frame.captured_at)
        hint = self._steady.settle(wanted, self._clock())
        return Live(Hint.CAPTURING if good else hint, good, head_box(faces, scene), result)

    def best(self, n: int = 3) -> tuple[Shot, ...]:
        """Return up to `n` shots that are equally good, newest first; empty when nobody was seen.

        TR-03121-3 QA-FI-GENERIC: most mandatory criteria, then most optional ones, then the newest;
        the citizen may choose among equals only.
        """
        top = max((c.rank for c in self._kept), default=None)
        equals: list[_Candidate] = []
        for candidate in reversed(self._kept):
            apart = not equals or equals[-1].at - candidate.at >= APART
            if candidate.rank == top and apart:
                equals.append(candidate)
        return tuple(_finish(candidate) for candidate in equals[:n])

    def _nobody(self, started: float) -> Live:
        self._before = None
        self._good_since.clear()
        hint = self._steady.settle(Hint.SEARCHING_FACE, self._clock())
        return Live(hint, False, None, report(faceless(self._template), started, self._clock))

    def _moves(self, pose: Pose, at: float) -> bool:
        before, self._before = self._before, (pose, at)
        if before is None:
            return True
        way = float(np.hypot(*(pose.eyes - before[0].eyes))) / pose.ied
        return way > STILL * max(at - before[1], 1e-3) + 0.02  # the mesh itself trembles by .01

    def _is_good(self, now_good: bool, at: float) -> bool:
        self._good_since = [*self._good_since, at] if now_good else []
        run = self._good_since
        return len(run) >= GOOD_FRAMES and run[-1] - run[0] >= GOOD_SECONDS

    def _keep(self, candidate: _Candidate) -> None:
        """Keep the best and newest; the last place slides until it is APART from the one before."""
        kept = self._kept
        if len(kept) > 1 and kept[-1].at - kept[-2].at < APART:
            if candidate.rank < kept[-1].rank:
                return
            kept.pop()
        kept.append(candidate)
        if len(kept) > MOST_SHOTS:
            kept.remove(min(kept, key=lambda c: (c.rank, c.at)))


def encode(photo: Image) -> bytes:
    """Encode a BGR photo as the register wants it: JPEG, quality 100, 4:4:4, sRGB profile."""
    target = io.BytesIO()
    rgb = cv2.cvtColor(photo, cv2.COLOR_BGR2RGB)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Pillow.fromarray(rgb).save(target, "JPEG", quality=100, subsampling=0, icc_profile=profile)
    return target.getvalue()


def head_box(faces: Faces, scene: Scene) -> Shares:
    """Box of the whole head, chin to crown, as shares of the frame."""
    face = faces.main
    assert isinstance(face, Face)
    box, pose = face.box, scene.frame_pose
    bottom = box.y + box.h
    top = float(pose.eyes[1]) - crown_height(faces, pose)
    w, h = faces.width, faces.height
    return box.x / w, top / h, box.w / w, (bottom - top) / h


def _finish(candidate: _Candidate) -> Shot:
    photo = cut_out(candidate.frame.image, candidate.cut)
    return Shot(encode(photo), candidate.report, candidate.frame.captured_at)


def _rank(criteria: tuple[Criterion, ...]) -> Rank:
    met = [c.mandatory for c in criteria if c.verdict is Verdict.OK]
    return sum(met), len(met) - sum(met)
