"""What happens at the counter before a release: comparison, signature, taking things back."""

import io

import pytest
from PIL import Image

from server import audit, cases
from server.cases import DocumentKind
from server.contract.captures import AgeBand
from server.contract.envelope import PartKind
from server.tables import CounterPart
from tests.office import FIELDS
from tests.server.captures.conftest import WRITTEN, take_in, text_of


@pytest.fixture
def take_back(clerk, retrieved):
    path = f"/desk/api/captures/{retrieved.capture_id}"
    return lambda what: clerk.client.delete(f"{path}/{what}", headers={"X-CSRF": clerk.csrf})


@pytest.fixture
def unsigned(client, terminal, clerk):
    """A capture whose citizen left the signature to the counter; calls about it."""
    record = terminal.record()
    parts = terminal.parts(record)
    del parts[PartKind.SIGNATURE]
    take_in(client, terminal, clerk, record, parts)
    path = f"/captures/{record.capture_id}"
    clerk.post(f"{path}/verify", fingers="verified")
    return lambda action, **body: clerk.post(f"{path}/{action}", **body)


def case_of(office, answer):
    number = answer.json()["case_number"]
    return office.db.read_now(lambda s: cases.read_case(s, number, office.key))


class TestComparison:
    @pytest.mark.parametrize("outcome", ["no_match", "not_compared"])
    def test_one_that_failed_stops_the_release_until_prints_are_taken_again(self, on, outcome):
        shown = on("verify", fingers=outcome).json()
        assert (shown["fingers"], shown["missing"]) == (outcome, ["fingers_again"])
        assert on("release", **FIELDS).json()["code"] == "CAP-408"
        again = on("verify", fingers="reenrol").json()
        assert (again["fingers"], again["comparison"], again["missing"]) == ("reenrol", outcome, [])
        assert on("release", **FIELDS).status_code == 200

    def test_prints_that_did_not_match_never_go_into_the_case_and_it_says_so(
        self, on, office, clerk
    ):
        on("verify", fingers="no_match")
        on("verify", fingers="reenrol")
        answer = on("release", **FIELDS)
        assert DocumentKind.FINGER_RIGHT not in case_of(office, answer).documents
        number = answer.json()["case_number"]
        said = text_of(clerk.get(f"/cases/{number}/summary.pdf").content)
        assert "verglichen, passte nicht;" in said
        assert "am Schalter neu aufgenommen" in clerk.get(f"/cases/{number}/xhd-draft.xml").text

    def test_prints_taken_again_without_a_word_were_not_compared(self, on):
        assert on("verify", fingers="reenrol").json()["comparison"] == "not_compared"

    def test_a_failed_comparison_is_on_the_trail(self, on, office):
        on("verify", fingers="no_match")
        assert office.db.read_now(audit.entries)[-1].facts == {"check": "no_match"}


class TestTakingBack:
    def test_a_veto_that_is_taken_back_leaves_the_checks_verdict(self, on, take_back, trail):
        on("veto", kind="not_ok", reason="falscher Knopf")
        shown = take_back("veto").json()
        assert (shown["veto"], shown["missing"]) == (None, ["finger_check"])
        assert trail()[-1] == "decision_withdrawn"

    def test_a_comparison_that_is_taken_back_is_missing_again(self, on, take_back):
        on("verify", fingers="verified")
        shown = take_back("verify").json()
        assert (shown["fingers"], shown["comparison"]) == (None, None)
        assert shown["missing"] == ["finger_check"]

    def test_taking_back_nothing_writes_nothing(self, take_back, trail):
        before = trail()
        assert take_back("veto").status_code == take_back("verify").status_code == 200
        assert trail() == before

    def test_needs_the_token_of_the_session(self, clerk, retrieved):
        path = f"/desk/api/captures/{retrieved.capture_id}/veto"
        assert clerk.client.delete(path).json()["code"] == "SRV-106"


class TestSignature:
    def test_one_that_is_due_stops_the_release_until_it_is_given(self, unsigned, office):
        assert unsigned("release", **FIELDS).json()["code"] == "CAP-416"
        shown = unsigned("signature", strokes=WRITTEN).json()
        assert shown["counter_signature"] == {"drawn": True, "impossible": None}
        found = unsigned("fees", birth_date=FIELDS["birth_date"]).json()
        assert "signature_to_take" not in found["follows"]
        case = case_of(office, unsigned("release", **FIELDS))
        picture = Image.open(io.BytesIO(case.documents[DocumentKind.SIGNATURE]))
        assert (picture.format, picture.size) == ("JPEG", (900, 132))
        assert picture.getextrema()[0] < 60 < 250 < picture.getextrema()[1]

    def test_is_kept_sealed_and_gone_after_the_release(self, on, office, retrieved, clerk):
        on("signature", strokes=WRITTEN)
        key = (retrieved.capture_id, "signature")
        sealed = office.db.read_now(lambda s: s.get(CounterPart, key)).sealed
        png = clerk.get(f"/captures/{retrieved.capture_id}/signature.png").content
        assert Image.open(io.BytesIO(png)).size == (900, 132)
        assert png[:8] not in sealed
        on("verify", fingers="verified")
        on("release", **FIELDS)
        assert office.db.read_now(lambda s: s.get(CounterPart, key)) is None

    def test_goes_with_a_capture_that_is_not_taken_over(self, on, office, retrieved):
        on("signature", strokes=WRITTEN)
        on("reject", reason="withdrawn")
        key = (retrieved.capture_id, "signature")
        assert office.db.read_now(lambda s: s.get(CounterPart, key)) is None

    def test_takes_the_place_of_the_terminals_until_it_is_taken_back(
        self, on, clerk, retrieved, pictures
    ):
        path = f"/captures/{retrieved.capture_id}/signature.png"
        on("signature", strokes=WRITTEN)
        on("signature", strokes=WRITTEN[:1])
        assert clerk.get(path).content != pictures.signature
        assert on("signature").json()["counter_signature"] is None
        assert clerk.get(path).content == pictures.signature

    def test_who_cannot_sign_gets_a_case_that_says_why(self, unsigned, office, clerk):
        unsigned("signature", impossible="disability")
        answer = unsigned("release", **FIELDS)
        assert DocumentKind.SIGNATURE not in case_of(office, answer).documents
        number = answer.json()["case_number"]
        said = text_of(clerk.get(f"/cases/{number}/summary.pdf").content)
        assert "Keine: wegen einer Behinderung nicht möglich." in said
        draft = clerk.get(f"/cases/{number}/xhd-draft.xml").text
        assert "Keine Unterschrift: wegen einer Behinderung nicht möglich" in draft

    @pytest.mark.parametrize(
        "body",
        [
            {"strokes": [[[5000, 5000]]]},
            {"strokes": [[[0, 0], [10001, 0]]]},
            {"strokes": [[[0, 0, 0]]]},
            {"strokes": WRITTEN, "impossible": "injury"},
            {"impossible": "no mood"},
        ],
    )
    def test_what_is_none_is_refused_by_its_field(self, on, body):
        answer = on("signature", **body).json()
        assert (answer["code"], "body." in answer["cause"]) == ("SRV-202", True)

    def test_says_on_the_trail_that_not_why(self, on, office):
        on("signature", impossible="injury")
        entry = office.db.read_now(audit.entries)[-1]
        assert (entry.event, entry.facts) == ("signature_at_counter", {"kind": "impossible"})

    def test_a_small_childs_does_not_go_into_the_case(self, client, terminal, clerk, office):
        answers = {"german": "yes", "custodian_present": "yes"}
        record = terminal.record(age_band=AgeBand.FROM_6, answers=answers)
        parts = terminal.parts(record)
        del parts[PartKind.SIGNATURE]
        take_in(client, terminal, clerk, record, parts)
        path = f"/captures/{record.capture_id}"
        clerk.post(f"{path}/verify", fingers="verified")
        clerk.post(f"{path}/signature", strokes=WRITTEN)
        small = FIELDS | {"birth_date": "2018-08-12", "answers": {"custodian_consent": "yes"}}
        case = case_of(office, clerk.post(f"{path}/release", **small))
        assert DocumentKind.SIGNATURE not in case.documents

    def test_one_given_after_the_fee_was_shown_counts(self, unsigned):
        unsigned("signature", strokes=WRITTEN)
        unsigned("signature")
        assert unsigned("release", **FIELDS).json()["code"] == "CAP-416"


class TestList:
    def row(self, clerk, record):
        rows = clerk.get("/captures").json()["captures"]
        return next(row for row in rows if row["capture_id"] == record.capture_id)

    def test_names_who_works_on_a_capture_and_counts_decisions(self, on, clerk, retrieved):
        before = self.row(clerk, retrieved)
        assert (before["retrieved_by_name"], before["decisions"]) == ("Clerk", 0)
        on("verify", fingers="verified")
        on("veto", kind="ok", reason="gut genug")
        on("signature", strokes=WRITTEN)
        assert self.row(clerk, retrieved)["decisions"] == 3

    def test_says_since_when_both_sealed_copies_are_gone(
        self, on, clerk, client, terminal, retrieved
    ):
        on("verify", fingers="verified")
        on("release", **FIELDS)
        row = self.row(clerk, retrieved)
        assert (row["finished_at"] is None, row["terminal_deleted_at"]) == (False, None)
        path = f"/api/terminals/captures/{retrieved.capture_id}/deleted"
        assert client.post(path, headers=terminal.authorize(client)).status_code == 204
        assert self.row(clerk, retrieved)["terminal_deleted_at"]


class TestTrail:
    def test_shows_who_did_what_and_that_both_copies_are_gone(
        self, on, clerk, client, terminal, retrieved
    ):
        on("verify", fingers="verified")
        number = on("release", **FIELDS).json()["case_number"]
        clerk.get(f"/cases/{number}/summary.pdf")
        path = f"/captures/{retrieved.capture_id}"
        client.post(f"/api/terminals{path}/deleted", headers=terminal.authorize(client))
        said = clerk.get(f"{path}/trail").json()["entries"]
        assert [(each["event"], each["who"]) for each in said] == [
            ("capture_received", "foyer-1"),
            ("capture_retrieved", "Clerk"),
            ("fingers_checked", "Clerk"),
            ("capture_released", "Clerk"),
            ("server_copy_deleted", "Clerk"),
            ("document_exported", "Clerk"),
            ("terminal_copy_deleted", "foyer-1"),
        ]

    def test_is_for_who_worked_on_it_and_for_supervisors(self, sign_in, retrieved):
        path = f"/captures/{retrieved.capture_id}/trail"
        assert sign_in("colleague").get(path).json()["code"] == "CAP-404"
        assert sign_in("boss").get(path).status_code == 200
        assert sign_in("tech").get(path).status_code == 200
        assert sign_in("boss").get(f"/captures/{'0' * 32}/trail").json()["code"] == "CAP-405"
