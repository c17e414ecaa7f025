"""The papers at the counter show another age than the terminal was told: fee, prints, rules."""

from server import audit, cases
from server.cases import DocumentKind
from server.contract.captures import AgeBand, FingerFact, MissingFinger
from server.tables import CaptureBlob
from tests.office import FIELDS
from tests.server.captures.conftest import WRITTEN, picture_only, take_in, text_of

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
