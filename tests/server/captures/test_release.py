"""A clerk decides and takes a capture over; then no sealed copy is left."""

import pypdfium2
import pytest

from server import audit, cases
from server.captures import case_fields, release
from server.captures.ending import expire_due
from server.captures.opening import open_capture
from server.cases import DocumentKind
from server.contract.captures import AgeBand, FingerFact, MissingFinger
from server.contract.desk import FingerCheck, Release
from server.contract.envelope import PartKind
from server.staff import Role, Staff
from server.tables import Capture, CaptureBlob, Case, CaseDocument

FIELDS = {
    "family_name": "Mustermann",
    "given_names": "Erika",
    "birth_date": "1964-08-12",
    "birth_place": "Berlin",
    "height_cm": "160",
    "eye_colour": "grün",
    "sex": "001",
    "street": "Heidestraße 17",
    "postcode": "51147",
    "town": "Köln",
}

WRITTEN = [[[1000, 6000], [2500, 2000], [4000, 8000], [6000, 3000]], [[7000, 5000], [8000, 5200]]]


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")


@pytest.fixture
def on(clerk, retrieved):
    """Calls about the retrieved capture."""
    path = f"/captures/{retrieved.capture_id}"
    return lambda action, **body: clerk.post(f"{path}/{action}", **body)


def take_in(client, terminal, clerk, record, parts):
    answer = terminal.put(client, record.capture_id, terminal.seal(record, parts))
    assert answer.status_code == 201
    return clerk.look_up(record).json()


def picture_only(terminal, record):
    kinds = {PartKind.RECORD, PartKind.PHOTO, PartKind.PHOTO_REPORT}
    return {kind: data for kind, data in terminal.parts(record).items() if kind in kinds}


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


def test_prints_missing_for_now_must_be_taken_at_the_counter(client, terminal, clerk):
    fingers = (
        FingerFact(position=2, quality=None, missing=MissingFinger.TEMPORARY),
        FingerFact(position=7, quality=None, missing=MissingFinger.TEMPORARY),
    )
    record = terminal.record(fingers=fingers)
    parts = {PartKind.RECORD: record.model_dump_json().encode(), PartKind.PHOTO: b"x"}
    assert take_in(client, terminal, clerk, record, parts)["missing"] == ["finger_check"]


def test_a_photo_that_is_none_is_refused_at_release(client, terminal, clerk):
    record = terminal.record()
    parts = terminal.parts(record) | {PartKind.PHOTO: b"no picture"}
    take_in(client, terminal, clerk, record, parts)
    path = f"/captures/{record.capture_id}"
    clerk.post(f"{path}/verify", fingers="reenrol")
    assert clerk.post(f"{path}/release", **FIELDS).json()["code"] == "CAP-410"


@pytest.mark.parametrize(
    "birth_date", ["1964-08-13", "1964-09-12", "1964-XX-13", "1964-12-08", "2030-08-12"]
)
def test_another_birthday_than_the_citizens_is_refused(on, birth_date):
    on("verify", fingers="verified")
    assert on("release", **FIELDS | {"birth_date": birth_date}).json()["code"] == "CAP-411"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", "王"),
        ("given_names", "Ann\x00a"),
        ("town", "😀burg"),
        ("eye_colour", "  "),
        ("height_cm", "049"),
        ("height_cm", "251"),
        ("height_cm", "\u0661\u0667\u0660"),
        ("postcode", "00000"),
        ("postcode", "\u0661\u0661\u0661\u0661\u0661"),
        ("birth_date", "1899-08-12"),
        ("birth_date", "1964-02-30"),
        ("birth_date", "1964-13-12"),
    ],
)
def test_what_cannot_be_true_or_shown_is_refused_by_its_field(on, field, value):
    on("verify", fingers="verified")
    answer = on("release", **FIELDS | {field: value}).json()
    assert (answer["code"], f"body.{field}" in answer["cause"]) == ("SRV-202", True)
    assert value.strip() == "" or value not in answer["cause"]


@pytest.mark.parametrize("reason", ["   ", "王王王", "abc\x00"])
def test_a_reason_says_something_that_a_document_can_show(on, reason):
    answer = on("veto", kind="ok", reason=reason).json()
    assert (answer["code"], "body.reason" in answer["cause"]) == ("SRV-202", True)


@pytest.mark.parametrize("birth_date", ["1964-08-12", "1964-08-XX", "1964-XX-XX"])
def test_unknown_parts_of_a_birth_date_fit(on, birth_date):
    on("verify", fingers="verified")
    assert on("release", **FIELDS | {"birth_date": birth_date}).status_code == 200


YOUNGER = FIELDS | {"birth_date": "2003-08-12"}


def test_another_age_band_is_refused_and_says_what_follows(on, office, retrieved):
    on("verify", fingers="verified")
    answer = on("release", **YOUNGER)
    assert (answer.status_code, answer.json()["code"]) == (409, "CAP-412")
    for said in ("18_to_23", "24_plus", "other fee", "33.60 EUR"):
        assert said in answer.json()["cause"]
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is not None


def test_a_confirmed_age_band_makes_the_cases_fee_and_is_on_the_trail(on, clerk, office):
    on("verify", fingers="verified")
    number = on("release", **YOUNGER, age_band_corrected=True).json()["case_number"]
    opened = office.db.read_now(lambda s: cases.read_case(s, number, office.key))
    assert opened.age_band is AgeBand.FROM_18
    assert [(line.code, line.cents) for line in opened.fees] == [
        ("PA_U24", 2760),
        ("PA_PHOTO", 600),
    ]
    assert opened.record().age_band is AgeBand.FROM_24  # the citizen's own words stay
    rows = {row.event: row.facts for row in office.db.read_now(audit.entries)}
    assert rows["age_band_corrected"] == {"told": "24_plus", "age_band": "18_to_23"}
    assert rows["capture_released"] == {"case": number, "cents": 3360}


def test_the_summary_bills_the_true_age(on, clerk):
    on("verify", fingers="verified")
    number = on("release", **YOUNGER, age_band_corrected=True).json()["case_number"]
    said = text_of(clerk.get(f"/cases/{number}/summary.pdf").content)
    for words in ("33,60 €", "18 bis 23", "Personalausweis unter 24 Jahren"):
        assert words in said


def test_a_confirmation_that_nothing_needs_changes_nothing(on, trail):
    on("verify", fingers="verified")
    assert on("release", **FIELDS, age_band_corrected=True).status_code == 200
    assert "age_band_corrected" not in trail()


def test_a_childs_missing_prints_must_be_taken_at_the_counter(client, terminal, clerk, office):
    fingers = tuple(
        FingerFact(position=at, quality=None, missing=MissingFinger.UNDER_AGE) for at in (2, 7)
    )
    answers = {"german": "yes", "custodian_present": "yes"}
    record = terminal.record(age_band=AgeBand.UNDER_6, fingers=fingers, answers=answers)
    take_in(client, terminal, clerk, record, picture_only(terminal, record))
    path = f"/captures/{record.capture_id}"
    child = FIELDS | {"birth_date": "2014-08-12", "answers": {"custodian_consent": "yes"}}
    told = clerk.post(f"{path}/release", **child).json()
    assert told["code"] == "CAP-412"
    assert "fingers to take, signature to take" in told["cause"]
    child |= {"age_band_corrected": True}
    assert clerk.post(f"{path}/release", **child).json()["code"] == "CAP-414"
    clerk.post(f"{path}/verify", fingers="verified")
    assert clerk.post(f"{path}/release", **child).json()["code"] == "CAP-414"
    clerk.post(f"{path}/verify", fingers="reenrol")
    assert clerk.post(f"{path}/release", **child).json()["code"] == "CAP-416"
    clerk.post(f"{path}/signature", strokes=WRITTEN)
    number = clerk.post(f"{path}/release", **child).json()["case_number"]
    said = text_of(clerk.get(f"/cases/{number}/summary.pdf").content)
    for words in ("10 bis 15", "am Schalter neu aufgenommen", "Am Schalter geleistet"):
        assert words in said


def test_prints_and_signature_of_a_small_child_do_not_go_into_the_case(
    client, terminal, clerk, office
):
    answers = {"german": "yes", "custodian_present": "yes"}
    record = terminal.record(age_band=AgeBand.FROM_10, answers=answers)
    take_in(client, terminal, clerk, record, terminal.parts(record))
    path = f"/captures/{record.capture_id}"
    clerk.post(f"{path}/verify", fingers="verified")
    small = FIELDS | {"birth_date": "2022-08-12", "answers": {"custodian_consent": "yes"}}
    answer = clerk.post(f"{path}/release", **small, age_band_corrected=True)
    number = answer.json()["case_number"]
    opened = office.db.read_now(lambda s: cases.read_case(s, number, office.key))
    unwanted = {DocumentKind.FINGER_RIGHT, DocumentKind.FINGER_LEFT, DocumentKind.SIGNATURE}
    assert not unwanted & set(opened.documents)


def test_a_rule_that_stops_an_application_stops_the_release(client, terminal, clerk):
    answers = {"german": "yes", "custodian_present": "yes"}
    record = terminal.record(age_band=AgeBand.FROM_10, answers=answers)
    take_in(client, terminal, clerk, record, terminal.parts(record))
    path = f"/captures/{record.capture_id}"
    clerk.post(f"{path}/verify", fingers="verified")
    child = FIELDS | {"birth_date": "2014-08-12"}
    missing = clerk.post(f"{path}/release", **child).json()
    assert (missing["code"], missing["cause"]) == (
        "SRV-202",
        "body.answers.custodian_consent: needs an answer",
    )
    stopped = clerk.post(f"{path}/release", **child, answers={"custodian_consent": "no"}).json()
    assert stopped["code"] == "CAP-413"
    assert "custodian_consent_missing" in stopped["cause"]


def test_the_fee_is_shown_before_the_release_and_is_the_cases(on, office, trail):
    facts = {"birth_date": "1964-08-12", "answers": {"off_hours": "yes"}}
    before = trail()
    shown = on("fees", **facts).json()
    assert trail() == before
    assert (shown["total_cents"], shown["questions"]) == (6500, ["off_hours"])
    on("verify", fingers="verified")
    number = on("release", **FIELDS | facts).json()["case_number"]
    opened = office.db.read_now(lambda s: cases.read_case(s, number, office.key))
    assert [line.model_dump() for line in opened.fees] == shown["fees"]
    assert opened.answers == {"off_hours": "yes"}


def test_the_fee_of_somebody_elses_capture_is_not_shown(sign_in, retrieved):
    answer = sign_in("colleague").post(
        f"/captures/{retrieved.capture_id}/fees", birth_date="1964-08-12"
    )
    assert answer.json()["code"] == "CAP-404"


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


PASSPORT_NAMES = {"family_name": "x" * 100, "given_names": "y" * 60, "birth_name": "z" * 26}


@pytest.fixture
def passport(client, terminal, clerk):
    """Releases a passport with changed fields."""
    record = terminal.record(service="passport")
    take_in(client, terminal, clerk, record, terminal.parts(record))
    clerk.post(f"/captures/{record.capture_id}/verify", fingers="verified")
    path = f"/captures/{record.capture_id}/release"
    return lambda **changes: clerk.post(path, **FIELDS | changes)


def test_a_passport_takes_longer_names_and_places_than_an_identity_card(passport):
    answer = passport(**PASSPORT_NAMES, birth_place="x" * 105)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (PASSPORT_NAMES | {"birth_name": "z" * 27}, "family_name"),
        ({"birth_place": "x" * 106}, "birth_place"),
        ({"family_name": "Muster\nmann"}, "family_name"),
    ],
)
def test_what_does_not_fit_a_passport_is_named(passport, changes, field):
    answer = passport(**changes).json()
    assert answer["code"] == "SRV-202"
    assert answer["cause"].startswith(f"body.{field}: takes ")
    assert "xxx" not in answer["cause"]


def test_the_desk_knows_the_lengths_of_each_service(office):
    card, passport = (
        case_fields.schema(office.catalogue.service(name)) for name in ("id-card", "passport")
    )
    longest = [one["properties"]["birth_place"]["maxLength"] for one in (card, passport)]
    assert longest == [80, 105]
    names = ["family_name", "given_names", "birth_name"]
    assert card["x-together"] == []
    assert passport["x-together"] == [{"fields": names, "maxLength": 186}]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", ""),
        ("family_name", "x" * 121),
        ("given_names", "x" * 81),
        ("birth_place", "x" * 81),
        ("height_cm", "16"),
        ("eye_colour", "x" * 20),
        ("sex", "004"),
        ("street", "x" * 51),
        ("postcode", "5114"),
        ("email", "nobody"),
        ("birth_date", "12.08.1964"),
    ],
)
def test_fields_outside_the_xhd_lengths_are_named(on, field, value):
    on("verify", fingers="verified")
    answer = on("release", **FIELDS | {field: value})
    assert answer.json()["code"] == "SRV-202"
    assert field in answer.json()["cause"]
    assert not value or value not in answer.json()["cause"]


def test_a_rejected_capture_is_gone(on, office, retrieved, trail):
    assert on("reject", reason="withdrawn").status_code == 200
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is None
    assert on("release", **FIELDS).json()["code"] == "CAP-407"
    assert trail()[-2:] == ["capture_rejected", "server_copy_deleted"]


def test_a_colleague_must_look_up_before_seeing_anything(sign_in, retrieved, clerk):
    colleague, path = sign_in("colleague"), f"/captures/{retrieved.capture_id}"
    for address in ("", "/photo.jpg", "/signature.png"):
        assert colleague.get(path + address).json()["code"] == "CAP-404"
    assert colleague.look_up(retrieved).status_code == 200
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


def test_the_terminal_learns_the_end_and_reports_its_own_deletion(
    client, terminal, on, retrieved, trail
):
    bearer = terminal.authorize(client)
    unknown = "f" * 32
    asked = f"/api/terminals/captures?ids={retrieved.capture_id},{unknown}"
    open_, gone = client.get(asked, headers=bearer).json()["captures"]
    assert (open_["state"], open_["finished"]) == ("retrieved", False)
    assert (gone["state"], gone["finished"]) == ("expired", True)
    on("verify", fingers="verified")
    on("release", **FIELDS)
    done, _ = client.get(asked, headers=bearer).json()["captures"]
    assert (done["state"], done["finished"]) == ("released", True)
    report = f"/api/terminals/captures/{retrieved.capture_id}/deleted"
    for _ in range(2):
        assert client.post(report, headers=bearer).status_code == 204
    assert trail().count("terminal_copy_deleted") == 1


def test_the_watchdog_deletes_what_is_over_its_time(office, retrieved, clock, trail):
    clock.forward(hours=95, minutes=59)
    assert office.db.run_now(lambda s: expire_due(s, clock())) == 0
    clock.forward(minutes=1)
    assert office.db.run_now(lambda s: expire_due(s, clock())) == 1
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is None
    assert trail()[-2:] == ["capture_expired", "server_copy_deleted"]


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
