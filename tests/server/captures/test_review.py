"""What a clerk sees of captures and says about them before release."""

import pytest

from server.contract.captures import FingerFact, MissingFinger
from server.contract.envelope import PartKind
from tests.office import FIELDS
from tests.server.captures.conftest import take_in


@pytest.mark.parametrize("kind", ["ok", "ok_obvious"])
def test_a_veto_lets_a_refused_photo_through(client, terminal, clerk, kind):
    record = terminal.record(photo_accepted=False)
    shown = take_in(client, terminal, clerk, record, terminal.parts(record))
    assert shown["missing"] == ["photo_verdict", "finger_check"]
    path = f"/captures/{record.capture_id}"
    veto = clerk.post(f"{path}/veto", kind=kind, reason="Augenklappe, ärztlich belegt").json()
    assert veto["missing"] == ["finger_check"]
    clerk.post(f"{path}/verify", fingers="verified")
    assert clerk.post(f"{path}/release", **FIELDS).status_code == 200


def test_a_veto_stops_an_accepted_photo(on, trail):
    on("verify", fingers="verified")
    on("veto", kind="not_ok", reason="andere Person")
    assert on("release", **FIELDS).json()["code"] == "CAP-408"
    assert "photo_vetoed" in trail()


def test_a_veto_needs_a_reason(on):
    assert on("veto", kind="ok", reason="").json()["code"] == "SRV-202"


@pytest.mark.parametrize("reason", ["   ", "王王王", "abc\x00"])
def test_a_reason_says_something_that_a_document_can_show(on, reason):
    answer = on("veto", kind="ok", reason=reason).json()
    assert (answer["code"], "body.reason" in answer["cause"]) == ("SRV-202", True)


def test_prints_missing_for_now_must_be_taken_at_the_counter(client, terminal, clerk):
    fingers = (
        FingerFact(position=2, quality=None, missing=MissingFinger.TEMPORARY),
        FingerFact(position=7, quality=None, missing=MissingFinger.TEMPORARY),
    )
    record = terminal.record(fingers=fingers)
    parts = {PartKind.RECORD: record.model_dump_json().encode(), PartKind.PHOTO: b"x"}
    assert take_in(client, terminal, clerk, record, parts)["missing"] == ["finger_check"]


def test_a_colleague_must_look_up_before_seeing_anything(sign_in, retrieved, clerk):
    colleague, path = sign_in("colleague"), f"/captures/{retrieved.capture_id}"
    for address in ("", "/photo.jpg", "/signature.png"):
        assert colleague.get(path + address).json()["code"] == "CAP-404"
    asked = colleague.look_up(retrieved).json()
    assert (asked["code"], "works on it: " in asked["cause"]) == ("CAP-417", True)
    assert clerk.get(path).status_code == 200  # nothing is taken without a word
    assert colleague.look_up(retrieved, take_over=True).status_code == 200
    assert colleague.get(path).status_code == 200
    assert clerk.get(path).json()["code"] == "CAP-404"


@pytest.mark.parametrize(
    ("name", "media_type", "magic"),
    [
        ("photo.jpg", "image/jpeg", b"\xff\xd8"),
        ("finger_right.png", "image/png", b"\x89PNG"),
        ("finger_left.png", "image/png", b"\x89PNG"),
        ("signature.png", "image/png", b"\x89PNG"),
    ],
)
def test_pictures_are_shown_and_looking_is_on_the_trail(
    clerk, retrieved, trail, name, media_type, magic
):
    answer = clerk.get(f"/captures/{retrieved.capture_id}/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(magic)
    assert trail()[-1] == "picture_viewed"


def test_a_picture_nobody_took_is_not_found(clerk, retrieved):
    answer = clerk.get(f"/captures/{retrieved.capture_id}/iris.png")
    assert answer.json()["code"] == "CAP-406"


def test_todays_list_names_and_finds_nobody(clerk, stored, terminal):
    (shown,) = clerk.get("/captures").json()["captures"]
    assert shown["capture_id"] == stored.capture_id
    assert stored.pickup_number not in str(shown)
    assert "birth" not in str(shown)


def test_yesterdays_finished_captures_are_off_the_list(on, clerk, clock, sign_in):
    on("reject", reason="technical")
    assert len(clerk.get("/captures").json()["captures"]) == 1
    clock.forward(hours=20)
    assert sign_in("clerk").get("/captures").json()["captures"] == []
