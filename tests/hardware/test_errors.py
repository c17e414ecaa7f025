"""Every device error has a code of its own, advice, and its line in the guide."""

import re
from pathlib import Path

import pytest

from hardware import errors
from hardware.errors import DeviceError

GUIDE = Path(__file__).parents[2] / "docs" / "hardware.md"
KINDS = sorted(DeviceError.__subclasses__(), key=lambda kind: kind.code)
MEANINGS = dict(re.findall(r"── (\w+) +DEV-\d+ +(.+)", errors.__doc__ or ""))


def table() -> str:
    """Return the guide's table as the code says it."""
    return "\n".join(
        f"| {kind.code} | {kind.__name__} | {MEANINGS[kind.__name__]} | {kind.advice} |"
        for kind in KINDS
    )


def test_the_guide_s_table_is_that_of_the_code() -> None:
    assert table() in GUIDE.read_text(encoding="utf-8"), "the guide should have:\n" + table()


def test_codes_are_never_shared() -> None:
    codes = [kind.code for kind in KINDS]
    assert codes == [f"DEV-{number:03d}" for number in range(1, len(KINDS) + 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_carries_code_cause_and_advice(kind: type[DeviceError]) -> None:
    fault = kind("the cable is cut").fault
    assert (fault.code, fault.cause) == (kind.code, "the cable is cut")
    assert fault.advice.endswith(".")
