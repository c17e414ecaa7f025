"""The link's verdict follows silence and loss, and does not flicker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_clerk.link import CLEAN_SECONDS, Link, Quality, Sample, judge


def after(*samples: Sample, start: Link = Link()) -> Quality:  # noqa: B008  a frozen value
    for sample in samples:
        start = judge(start, sample)
    return start.quality


@pytest.mark.parametrize(
    ("silence", "quality"),
    [(0.0, "good"), (1.4, "good"), (1.5, "weak"), (5.9, "weak"), (6.0, "lost"), (60.0, "lost")],
)
def test_silence_makes_it_weak_then_lost(silence: float, quality: str) -> None:
    assert after(Sample(0, silence)) == quality


def test_loss_makes_it_weak_but_never_lost() -> None:
    assert after(Sample(0, 0, 0.05)) == "weak"
    assert after(Sample(0, 0, 0.99)) == "weak"


def test_a_lost_link_that_sounds_again_is_weak_first() -> None:
    assert after(Sample(0, 6), Sample(1, 0)) == "weak"


def test_a_lost_link_stays_lost_until_something_comes() -> None:
    assert after(Sample(0, 6), Sample(1, 2)) == "lost"


def test_good_comes_back_after_three_clean_seconds() -> None:
    weak = (Sample(0, 2), Sample(1, 0), Sample(2, 0))
    assert after(*weak, Sample(1 + CLEAN_SECONDS - 0.1, 0)) == "weak"
    assert after(*weak, Sample(1 + CLEAN_SECONDS, 0)) == "good"


def test_a_little_loss_starts_the_clean_time_again() -> None:
    assert after(Sample(0, 2), Sample(1, 0), Sample(3, 0, 0.03), Sample(4.5, 0)) == "weak"


def test_a_little_loss_alone_leaves_a_good_link_good() -> None:
    assert after(Sample(0, 0, 0.04)) == "good"


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 1)), min_size=2, max_size=60))
def test_it_never_becomes_good_within_the_clean_time(steps: list[tuple[float, float]]) -> None:
    link, worse_at = Link(), None
    for number, (silence, loss) in enumerate(steps):
        at = number * 0.5
        link = judge(link, Sample(at, silence, loss))
        if link.quality is not Quality.GOOD and (silence >= 1.5 or loss >= 0.05):
            worse_at = at
        if link.quality is Quality.GOOD and worse_at is not None:
            assert at - worse_at >= CLEAN_SECONDS
            worse_at = None
