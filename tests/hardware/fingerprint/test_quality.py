"""The print check against pictures with known defects, and against what no finger is."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.criteria import Verdict
from hardware.fingerprint.quality import QUALITY_NAME, RULES, check_fingerprint
from hardware.fingerprint.report import FingerHint
from hardware.types import Fingerprint, Image
from tests.hardware.conftest import EXPECTED, Clock, picture

NFIQ2 = Path(__file__).parents[4] / "shared" / "data" / "nfiq2_examples"


def of(image: Image) -> Fingerprint:
    return Fingerprint(np.ascontiguousarray(image), 500)


@pytest.mark.parametrize("row", EXPECTED, ids=[row["file"] for row in EXPECTED])
def test_each_known_print_is_judged_as_it_should_be(row: dict[str, str]) -> None:
    report = check_fingerprint(of(picture(row["file"])))
    assert report.accepted == (row["verdict"] == "accept"), report.reasons
    assert report.accepted or set(report.reasons) & set(row["reasons"].split("|"))


@pytest.mark.parametrize("row", EXPECTED, ids=[row["file"] for row in EXPECTED])
def test_the_sensor_s_four_bits_are_enough_for_the_same_verdict(row: dict[str, str]) -> None:
    grey = picture(row["file"])
    report = check_fingerprint(of((grey >> 4) * np.uint8(17)))
    assert report.accepted == (row["verdict"] == "accept"), report.reasons


@pytest.mark.skipif(not NFIQ2.is_dir(), reason="NIST's example prints are not on this machine")
@pytest.mark.parametrize("number", range(1, 6))
def test_prints_that_nist_calls_usable_are_accepted(number: int) -> None:
    image = cv2.imread(str(NFIQ2 / f"SFinGe_Test0{number}.pgm"), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    assert check_fingerprint(of(np.asarray(image, np.uint8))).accepted


@settings(max_examples=25, deadline=None)
@given(
    pattern=st.sampled_from(["arch", "loop_left", "loop_right", "whorl"]),
    turn=st.integers(-45, 45),
    right=st.integers(-40, 40),
    down=st.integers(-60, 60),
    mirrored=st.booleans(),
)
def test_where_and_how_a_good_finger_lies_does_not_matter(
    pattern: str, turn: int, right: int, down: int, mirrored: bool
) -> None:
    grey = picture(f"{pattern}_good.png")[:, :: -1 if mirrored else 1]
    matrix = cv2.getRotationMatrix2D((208, 280), turn, 1)
    matrix[:, 2] += right - 80, down - 136
    placed = cv2.warpAffine(
        np.ascontiguousarray(grey), matrix, (256, 288), flags=cv2.INTER_CUBIC, borderValue=246
    )
    report = check_fingerprint(of(np.asarray(placed, np.uint8)))
    assert report.accepted, report.reasons


def test_an_untouched_sensor_asks_for_a_finger() -> None:
    report = check_fingerprint(of(np.full((288, 256), 245, np.uint8)))
    assert not report.accepted
    assert report.reasons[0] == "no_ridges"
    assert report.hint is FingerHint.SEARCHING_FINGERS
    assert report.quality is None


@pytest.mark.parametrize("grey", [0, 128])
def test_a_covered_sensor_has_no_ridges(grey: int) -> None:
    report = check_fingerprint(of(np.full((560, 416), grey, np.uint8)))
    assert "no_ridges" in report.reasons
    assert report.quality == 0


def test_a_picture_of_noise_is_no_finger() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (288, 256), np.uint8)
    assert not check_fingerprint(of(noise)).accepted


HINTS = {
    "whorl_dry.png": FingerHint.RAISE_PRESSURE,
    "whorl_wet.png": FingerHint.REDUCE_PRESSURE,
    "whorl_tip.png": FingerHint.MOVE_FORWARD,
    "whorl_noisy.png": FingerHint.KEEP_STILL,
    "whorl_good.png": None,
}


@pytest.mark.parametrize(("file", "hint"), HINTS.items())
def test_each_fault_has_its_word_for_the_citizen(file: str, hint: FingerHint | None) -> None:
    assert check_fingerprint(of(picture(file))).hint is hint


def test_good_prints_have_a_higher_quality_than_bad_ones() -> None:
    quality = {row["file"]: check_fingerprint(of(picture(row["file"]))).quality for row in EXPECTED}
    good = [quality[row["file"]] or 0 for row in EXPECTED if row["verdict"] == "accept"]
    bad = [quality[row["file"]] or 0 for row in EXPECTED if row["verdict"] == "reject"]
    assert min(good) > 80
    assert max(bad) < 60


def test_a_report_has_every_criterion_with_its_bounds() -> None:
    report = check_fingerprint(of(picture("whorl_dry.png")))
    assert [c.id for c in report.criteria] == [rule.id for rule in RULES]
    contact = next(c for c in report.criteria if c.id == "contact")
    assert contact.min is not None
    assert contact.value is not None
    assert contact.value < contact.min
    assert contact.verdict is Verdict.NOT_OK


def test_the_clock_that_was_given_measures_the_time(clock: Clock) -> None:
    assert check_fingerprint(of(picture("whorl_tip.png")), clock).elapsed_ms == 0


def test_the_quality_is_never_called_nfiq() -> None:
    assert QUALITY_NAME == "ridge clarity"
