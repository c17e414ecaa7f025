"""Measured criteria as a capture's report keeps them: hardware's values, the server's message."""

from collections.abc import Iterable
from dataclasses import asdict

from hardware.criteria import Criterion
from server.contract.captures import CriterionValue


def as_kept(criteria: Iterable[Criterion]) -> tuple[CriterionValue, ...]:
    """Return what was measured in the words of the server's contract, in the same order."""
    return tuple(CriterionValue(**asdict(one) | {"verdict": one.verdict.value}) for one in criteria)
