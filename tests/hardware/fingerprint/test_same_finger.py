"""The same finger twice is noticed; two fingers are never taken for one."""

import itertools

import numpy as np
import pytest

from hardware.fingerprint.same_finger import SAME, same_finger
from hardware.types import Fingerprint
from tests.hardware.conftest import EXPECTED, print_of

GOOD = [row for row in EXPECTED if row["verdict"] == "accept" and row["file"].startswith("sensor/")]
FIRST = {row["finger"]: row for row in reversed(GOOD)}
PAIRS = [
    *itertools.combinations(FIRST.values(), 2),
    *((a, b) for a, b in itertools.combinations(GOOD, 2) if a["finger"] == b["finger"]),
]


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=[f"{a['file']}-{b['file']}" for a, b in PAIRS])
def test_pairs_from_the_sensor(a: dict[str, str], b: dict[str, str]) -> None:
    alike = same_finger(print_of(a["file"]), print_of(b["file"]))
    if a["finger"] == b["finger"]:
        assert alike > SAME + 0.2
    else:
        assert alike < SAME - 0.2


def test_a_cut_out_is_found_in_the_whole_print() -> None:
    whole = print_of("whorl_good.png")
    assert same_finger(whole, print_of("sensor/whorl_good_1.png")) > SAME


def test_nothing_is_like_nothing() -> None:
    empty = Fingerprint(np.full((288, 256), 245, np.uint8), 500)
    assert same_finger(empty, empty) == 0.0
    assert same_finger(empty, print_of("sensor/whorl_good_1.png")) == 0.0
