"""A clerk takes a capture over into a case; then no sealed copy is left."""

from server import cases
from server.captures import release
from server.captures.opening import open_capture
from server.cases import DocumentKind
from server.contract.captures import AgeBand, FingerFact, MissingFinger
from server.contract.desk import FingerCheck, Release
from server.contract.envelope import PartKind
from server.staff import Role, Staff
from server.tables import Capture, CaptureBlob, Case, CaseDocument
from tests.office import FIELDS
from tests.server.captures.conftest import picture_only, take_in


def test_a_release_needs_the_comparison_of_prints(on):
    answer = on("release", **FIELDS)
    assert (answer.status_code, answer.json()["code"]) == (409, "CAP-408")
    assert "finger_check" in answer.json()["cause"]


def test_a_release_makes_a_case_and_deletes_the_sealed_copy(on, office, retrieved, trail):
    assert on("verify", fingers="verified").json()["missing"] == []
    answer = on("release", **FIELDS)
    assert answer.status_code == 200, answer.text
    assert answer.json()["case_number"] == "2026-000001"
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is None
    capture = office.db.read_now(lambda s: s.get(Capture, retrieved.capture_id))
    assert (capture.state, capture.pickup_number, capture.birth_day) == ("released", None, None)
    assert trail()[-2:] == ["capture_released", "server_copy_deleted"]


def test_the_case_holds_production_pictures_sealed_apart_from_the_name(on, office, retrieved):
    on("verify", fingers="verified")
    number = on("release", **FIELDS).json()["case_number"]
    opened = office.db.read_now(lambda s: cases.read_case(s, number, office.key))
    assert set(opened.documents) == set(DocumentKind)
    assert opened.documents[DocumentKind.PHOTO][4:8] == b"jP  "
    assert opened.fields.family_name == "Mustermann"
    row = office.db.read_now(lambda s: s.get(CaseDocument, (number, "photo")))
    assert opened.documents[DocumentKind.PHOTO] not in row.sealed
    assert not any("name" in column.name for column in CaseDocument.__table__.columns)
    assert "Mustermann" in str(office.db.read_now(lambda s: s.get(Case, number)).fields)


def test_prints_that_are_taken_again_are_not_used(on, office):
    on("verify", fingers="reenrol")
    number = on("release", **FIELDS).json()["case_number"]
    opened = office.db.read_now(lambda s: cases.read_case(s, number, office.key))
    assert DocumentKind.FINGER_RIGHT not in opened.documents


def test_a_repeat_after_a_lost_answer_gives_the_same_case(on, office):
    on("verify", fingers="verified")
    first, again = on("release", **FIELDS), on("release", **FIELDS)
    assert first.json() == again.json()
    assert office.db.read_now(lambda s: s.query(Case).count()) == 1


def test_a_child_without_prints_needs_no_comparison(client, terminal, clerk):
    fingers = tuple(
        FingerFact(position=at, quality=None, missing=MissingFinger.UNDER_AGE) for at in (2, 7)
    )
    answers = {"german": "yes", "custodian_present": "yes"}
    record = terminal.record(age_band=AgeBand.UNDER_6, fingers=fingers, answers=answers)
    shown = take_in(client, terminal, clerk, record, picture_only(terminal, record))
    assert (shown["fingers_expected"], shown["missing"]) == (False, [])
    path = f"/captures/{record.capture_id}/release"
    small = FIELDS | {"birth_date": "2022-08-12", "answers": {"custodian_consent": "yes"}}
    number = clerk.post(path, **small).json()["case_number"]
    pdf = clerk.get(f"/cases/{number}/summary.pdf")
    assert pdf.status_code == 200, pdf.text


def test_a_photo_that_is_none_is_refused_at_release(client, terminal, clerk):
    record = terminal.record()
    parts = terminal.parts(record) | {PartKind.PHOTO: b"no picture"}
    take_in(client, terminal, clerk, record, parts)
    path = f"/captures/{record.capture_id}"
    clerk.post(f"{path}/verify", fingers="reenrol")
    assert clerk.post(f"{path}/release", **FIELDS).json()["code"] == "CAP-410"


def test_a_comparison_changed_meanwhile_stops_the_release(on, office, retrieved, clock):
    on("verify", fingers="verified")
    staff = Staff("clerk", "Clerk", Role.CLERK, csrf="", session_sha256="")
    opened = office.db.read_now(lambda s: open_capture(s, retrieved.capture_id, office.key))
    decided = release.Decided(decisions=0, finger_check=FingerCheck.VERIFIED)
    prepared = release.prepare(
        opened, office.catalogue.service("id-card"), decided, Release(**FIELDS)
    )
    refused = office.db.run_now(
        lambda s: release.release(
            s, clock(), staff, retrieved.capture_id, prepared, office.key.public()
        )
    )
    assert (refused.code, "meanwhile" in refused.cause) == ("CAP-408", True)
