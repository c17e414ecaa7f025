"""Whatever happens in whatever order: no crash, no picture in the journal, silence forgets."""

import base64
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import assets
from hardware.fingerprint.report import FingerHint
from hardware.photo.report import Hint
from hardware.types import Fault
from kiosk.config import Timeouts
from kiosk.core import events as e
from kiosk.core import journal
from kiosk.core.context import Context
from kiosk.core.effects import Forget, SaveJournal
from kiosk.core.journey import IDLE
from kiosk.core.render import render
from kiosk.core.update import CITIZEN, WORLD, update
from kiosk.core.view import Screen
from kiosk.core.visit import Visit
from kiosk.media.protocol import CallState, Guidance, PhotoTaken
from kiosk.runtime import texts
from server.contract import catalogue_file
from server.contract.captures import AgeBand, FingerFact, MissingFinger, QualityReport

MARKER = b"SECRET-BIOMETRICS"
MARKER64 = base64.b64encode(MARKER).decode()
CONTEXT = Context(
    catalogue=catalogue_file.load(assets.path("services")),
    texts=texts.load(),
    today=date(2026, 11, 24),
    place="Bürgeramt Mitte",
    terminal="Terminal 2",
    timeouts=Timeouts(double_touch=0),
)
FIELDS = sorted({field.id for one in CONTEXT.catalogue.services for field in one.fields})
SCREENS = st.sampled_from([screen.value for screen in Screen])
FAULTS = st.one_of(st.none(), st.builds(Fault, st.just("DEV-004"), st.text(), st.text()))
FINGERS = st.sampled_from(e.Finger)
CAME = st.builds(
    lambda finger, good, attempt, same: e.FingerCame(
        finger,
        QualityReport(
            accepted=good, reasons=("same_finger",) if same else (), quality=40, criteria=()
        ),
        FingerFact(position=2 if finger is e.Finger.RIGHT else 7, quality=40),
        attempt,
    ),
    FINGERS,
    st.booleans(),
    st.integers(1, 3),
    st.booleans(),
)
PHOTOS = st.builds(
    lambda index, good: e.PhotoCame(
        PhotoTaken(
            index=index, of=3, jpeg=MARKER64, accepted=good,
            reasons=(), criteria=(), machine_ms=1.0,
        )
    ),
    st.integers(0, 2),
    st.booleans(),
)  # fmt: skip
CALLS = st.sampled_from(["asking", "waiting", "nobody", "connecting", "talking", "lost", "ended"])
EVENTS = st.one_of(
    st.sampled_from(
        [
            e.Touched(), e.Begin(), e.Begin("en"), e.SetLanguage("en"), e.CycleContrast(),
            e.CycleTextSize(), e.ToggleSpeech(), e.ToggleReach(), e.SpeakAgain(), e.Agree(),
            e.ChooseService("id-card"), e.ChooseService("passport"), e.ChooseService("unknown"),
            e.StartAgain(confirmed=False), e.StartAgain(confirmed=True), e.StayHere(),
            e.ToCounter(confirmed=False), e.ToCounter(confirmed=True), e.NeedMoreTime(), e.Help(),
            e.HangUp(), e.SetCallDevices(camera=False, microphone=True), e.TryAgain(),
            e.PrintReceipt(), e.PhotoTimedOut(), e.Stored("123456784"), e.NotStored("OUT-001"),
            e.Online(online=False), e.Signed(MARKER), e.Signed(None),
        ]
    ),
    st.builds(e.Next, SCREENS),
    st.builds(e.Back, SCREENS),
    st.builds(e.Revise, SCREENS),
    st.builds(
        e.SetBirth,
        st.none() | st.integers(0, 40),
        st.none() | st.integers(1, 12),
        st.none() | st.sampled_from(AgeBand),
    ),
    st.builds(e.Answer, st.sampled_from(FIELDS), st.sampled_from(["yes", "no", "180", "", "x"])),
    st.builds(e.ChoosePhoto, st.integers(-1, 3)),
    st.builds(e.CannotGiveFinger, st.sampled_from(MissingFinger)),
    st.builds(e.CameraChanged, FAULTS),
    st.builds(e.ScannerChanged, FAULTS),
    st.builds(e.PrinterChanged, FAULTS),
    st.builds(
        lambda hint: e.Guided(Guidance(hint=hint.value, frames_per_second=12.0)),
        st.sampled_from(Hint),
    ),
    st.builds(
        lambda finger, hint: e.FingerProgress(finger, hint.value, 0.5, MARKER, 4),
        FINGERS,
        st.sampled_from(FingerHint),
    ),
    st.builds(lambda state: e.CallChanged(CallState(state=state)), CALLS),
    CAME,
    PHOTOS,
)  # fmt: skip


@st.composite
def way(draw) -> list[e.Event]:
    """The ordinary way as far as some step, with anything in between."""
    ordinary = [
        e.Begin(), e.ChooseService("id-card"), e.Agree(), e.SetBirth(3, 8, AgeBand.FROM_24),
        e.Next("birth"), e.Answer("reason", "expired"), e.Answer("german", "yes"),
        e.Answer("main_residence_here", "yes"), e.Answer("height", "180"),
        e.Answer("eye_colour", "blue"), e.Next("details"), draw(PHOTOS), e.Next("photo_choice"),
        e.CannotGiveFinger(MissingFinger.TEMPORARY), e.CannotGiveFinger(MissingFinger.PERMANENT),
        e.Next("fingers"), e.Signed(MARKER), e.Next("signature"), e.Next("summary"),
        e.Stored("123456784"),
    ]  # fmt: skip
    return ordinary[: draw(st.integers(0, len(ordinary)))] + draw(st.lists(EVENTS, max_size=25))


@settings(max_examples=150, deadline=None)
@given(way())
def test_no_order_of_events_breaks_a_visit(events: list[e.Event]) -> None:
    visit = Visit()
    for number, event in enumerate(events):
        for each in (e.Tick(number * 0.7), event):
            visit, effects = update(visit, each, CONTEXT)
            render(visit, CONTEXT)
            for one in effects:
                if isinstance(one, SaveJournal):
                    assert MARKER64 not in one.text
                    assert MARKER.decode() not in one.text


@settings(max_examples=80, deadline=None)
@given(way())
def test_silence_forgets_whatever_happened_before(events: list[e.Event]) -> None:
    visit, forgot = Visit(), False
    for event in events:
        visit, _ = update(visit, event, CONTEXT)
    if visit.screen is Screen.STORING:
        visit, _ = update(visit, e.Stored("123456784"), CONTEXT)
    visit, _ = update(visit, e.CallChanged(CallState(state="ended")), CONTEXT)
    somebody = visit.screen not in IDLE
    for second in range(400):
        visit, effects = update(visit, e.Tick(float(second)), CONTEXT)
        forgot = forgot or Forget() in effects
    assert visit.screen in IDLE
    assert forgot or not somebody
    assert (visit.birth, visit.answers, visit.photo.pictures) == (Visit().birth, (), ())


@settings(max_examples=80, deadline=None)
@given(way(), st.integers(0, 1))
def test_a_visit_survives_its_own_journal(events: list[e.Event], unnoted: int) -> None:
    """A crash may come between keeping a photo and noting it."""
    visit = Visit()
    for event in events:
        visit, _ = update(visit, event, CONTEXT)
    pictures = (MARKER,) * (len(visit.photo.pictures) + unnoted)
    again = journal.from_text(journal.to_text(visit), pictures)
    assert again.screen is visit.screen
    assert journal.kept(again) == journal.kept(visit)


def test_every_event_has_its_reaction() -> None:
    assert set(CITIZEN) | set(WORLD) == set(e.Event.__args__)
