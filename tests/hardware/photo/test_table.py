"""The table of limits holds together, and a measure and its limit make the verdict."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.criteria import Verdict
from hardware.photo.rules.limits import LIMITS, Limit, limits_for
from hardware.photo.rules.measure import Measure, worst_share
from hardware.photo.rules.table import RULES, faceless, verdict

NUMBERS = st.floats(-1e6, 1e6)


def test_every_limit_has_one_rule_and_every_rule_one_limit() -> None:
    codes = [limit.code for limit in LIMITS]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(RULES)


def test_mandatory_criteria_are_those_of_the_norm() -> None:
    norm = {"1.3", "2.2", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7"}
    norm |= {"7.1", "7.2", "7.5", "7.6"}
    assert {limit.id for limit in LIMITS if limit.mandatory} == norm | {"no_face"}


def test_every_rule_says_where_it_comes_from() -> None:
    assert all((RULES[code].__doc__ or code == "no_face") for code in RULES)
    assert all(limit.origin for limit in LIMITS)


def test_the_child_template_changes_the_head_height_only() -> None:
    changed = [(a, c) for a, c in zip(LIMITS, limits_for("child"), strict=True) if a != c]
    assert [(a.code, c.min, c.max) for a, c in changed] == [("5.4_head_height", 0.5, 0.8)]


@given(value=NUMBERS, low=NUMBERS, high=NUMBERS)
def test_bounds_belong_to_what_is_allowed(value: float, low: float, high: float) -> None:
    limit = Limit("5.6_horizontal", "", "", low, high, True, "TR")
    expected = Verdict.OK if low <= value <= high else Verdict.NOT_OK
    assert verdict(limit, Measure(value)).verdict is expected


def test_what_was_not_measured_is_not_assessed_and_says_why() -> None:
    criterion = verdict(LIMITS[0], Measure(None, "no reason"))
    assert (criterion.verdict, criterion.note) == (Verdict.NOT_ASSESSED, "no reason")


def test_without_a_face_only_that_is_wrong() -> None:
    wrong = [c.code for c in faceless("adult") if c.verdict is Verdict.NOT_OK]
    assert wrong == ["no_face"]


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 10), min_size=1))
def test_of_several_measures_the_worst_decides(parts: dict[str, float]) -> None:
    joined = worst_share(parts)
    assert joined.value == max(parts.values())
    assert (joined.note in parts) is (max(parts.values()) > 1)
