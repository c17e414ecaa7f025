"""How good the link is: good, weak or lost, from silence and loss, without flicker (pure)."""

from dataclasses import dataclass
from enum import StrEnum

WEAK_SILENCE = 1.5  # seconds without one packet
LOST_SILENCE = 6.0
WEAK_LOSS = 0.05  # share of packets
CLEAN_LOSS = 0.02  # below this the link may become good again
CLEAN_SECONDS = 3.0  # for so long


class Quality(StrEnum):
    """What the overlay says about the link."""

    GOOD = "good"
    WEAK = "weak"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured at `at` (seconds): silence so far, share lost since the last sample."""

    at: float
    silent_seconds: float
    loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """The verdict, and since when nothing speaks against a better one."""

    quality: Quality = Quality.GOOD
    clean_since: float | None = None


def judge(link: Link, sample: Sample) -> Link:
    """Return the verdict after one more sample; samples should come at least twice a second."""
    if sample.silent_seconds >= LOST_SILENCE:
        return Link(Quality.LOST)
    if sample.silent_seconds >= WEAK_SILENCE:
        return link if link.quality is Quality.LOST else Link(Quality.WEAK)
    if sample.loss >= WEAK_LOSS:
        return Link(Quality.WEAK)
    if link.quality is Quality.GOOD:
        return link
    if sample.loss >= CLEAN_LOSS:
        return Link(Quality.WEAK)
    since = sample.at if link.clean_since is None else link.clean_since
    clean = sample.at - since >= CLEAN_SECONDS
    return Link() if clean else Link(Quality.WEAK, since)
