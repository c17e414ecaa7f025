"""The simulated citizen gives right, then left, and lets the next one begin anew."""

import numpy as np
import pytest

from hardware.sim.citizen import Citizen
from hardware.types import Image

RIGHT, LEFT, DRY = (np.full((288, 256), grey, np.uint8) for grey in (1, 2, 3))


def on_sensor(finger: Image | None) -> int:
    return 0 if finger is None else int(finger[0, 0])


def test_a_finger_comes_a_moment_after_the_host_looks() -> None:
    citizen = Citizen([RIGHT, LEFT], hesitation=0.8)
    assert on_sensor(citizen.finger(100.0)) == 0
    assert on_sensor(citizen.finger(100.7)) == 0
    assert on_sensor(citizen.finger(100.9)) == 1


def test_the_other_finger_follows_when_the_first_was_read() -> None:
    citizen = Citizen([RIGHT, LEFT], hesitation=0.8)
    citizen.finger(0.0)
    assert on_sensor(citizen.finger(1.0)) == 1
    citizen.uploaded(4.0)
    assert on_sensor(citizen.finger(4.1)) == 0
    assert on_sensor(citizen.finger(5.0)) == 2
    citizen.uploaded(8.0)
    citizen.finger(8.1)
    assert on_sensor(citizen.finger(9.0)) == 1


def test_a_finger_stays_until_it_was_read() -> None:
    citizen = Citizen([RIGHT, LEFT], hesitation=0.0)
    assert [on_sensor(citizen.finger(t)) for t in (0.0, 5.0, 10.0)] == [1, 1, 1]


@pytest.mark.parametrize("read", [False, True])
def test_when_nobody_looked_for_long_the_next_visitor_begins(read: bool) -> None:
    citizen = Citizen([RIGHT, LEFT], hesitation=0.5, next_visitor=20.0)
    citizen.finger(0.0)
    citizen.finger(1.0)
    if read:
        citizen.uploaded(2.0)
    assert on_sensor(citizen.finger(30.0)) == 0
    assert on_sensor(citizen.finger(31.0)) == 1


def test_a_bad_print_comes_first_when_there_is_one() -> None:
    citizen = Citizen([DRY, RIGHT, LEFT], hesitation=0.0)
    seen = []
    for at in range(3):
        seen.append(on_sensor(citizen.finger(float(at))))
        citizen.uploaded(float(at))
    assert seen == [3, 1, 2]
