"""Documents of a case: honest, complete, accessible, and data stays data."""

import hashlib
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

import assets
from server.cases import DocumentKind, OpenCase
from server.contract import letters
from server.contract.captures import AgeBand, FeeLine, FingerFact, MissingFinger
from server.contract.desk import CaseFields
from server.contract.envelope import PartKind
from server.exports import pictures as conversions
from server.exports import summary, xhd
from server.exports.pictures import PictureError

FOLDER = assets.path("documents")
FIELDS = CaseFields(
    family_name='Müller #read("/etc/passwd") *x*',
    given_names="Erika Žofia",
    birth_date="1964-08-12",
    birth_place="Łódź",
    height_cm="160",
    eye_colour="grün",
    sex="001",
    street="Heidestraße 17",
    postcode="51147",
    town="Köln",
)
FEES = (
    FeeLine(code="PA_24PLUS", text="Personalausweis", cents=4600, basis="PAuswGebV §1"),
    FeeLine(code="PA_PHOTO", text="Foto am Terminal", cents=600, basis="PAuswGebV §1"),
)


@pytest.fixture
def make_case(terminal):
    def made(**changes) -> OpenCase:
        parts = terminal.parts(terminal.record(fees=FEES, **changes))
        return OpenCase(
            number="2026-000001",
            service="id-card",
            opened_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
            opened_by="clerk",
            fields=FIELDS,
            age_band=AgeBand.FROM_24,
            answers={},
            fees=FEES,
            veto_kind="ok_obvious",
            veto_reason="Augenklappe",
            finger_check="verified",
            documents={
                DocumentKind.RECORD: parts[PartKind.RECORD],
                DocumentKind.PHOTO_REPORT: parts[PartKind.PHOTO_REPORT],
                DocumentKind.PHOTO: conversions.production_photo(parts[PartKind.PHOTO]),
                DocumentKind.FINGER_RIGHT: parts[PartKind.FINGER_RIGHT],
                DocumentKind.FINGER_LEFT: parts[PartKind.FINGER_LEFT],
                DocumentKind.SIGNATURE: conversions.signature_jpeg(
                    parts[PartKind.SIGNATURE], (900, 132)
                ),
            },
        )

    return made


@pytest.fixture
def service(office):
    return lambda name="id-card": next(s for s in office.catalogue.services if s.id == name)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")


def test_the_production_photo_is_lossless_and_622_by_800(pictures):
    photo = Image.open(io.BytesIO(conversions.production_photo(pictures.photo)))
    assert (photo.format, photo.size, photo.mode) == ("JPEG2000", (622, 800), "RGB")
    original = Image.open(io.BytesIO(pictures.photo)).convert("RGB")
    assert photo.tobytes() == original.resize((622, 800), Image.Resampling.LANCZOS).tobytes()


@pytest.mark.parametrize("size", [(900, 132), (630, 188)])
def test_a_signature_fits_the_services_size_undistorted(pictures, size):
    made = Image.open(io.BytesIO(conversions.signature_jpeg(pictures.signature, size)))
    assert (made.format, made.size, made.mode) == ("JPEG", size, "L")


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xa0broken"])
def test_something_that_is_no_picture_is_said_to_be_none(data):
    with pytest.raises(PictureError):
        conversions.production_photo(data)
    with pytest.raises(PictureError):
        conversions.print_png(data)


def test_a_picture_too_large_to_be_one_is_refused():
    bomb = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(bomb, "PNG")
    with pytest.raises(PictureError):
        conversions.production_photo(bomb.getvalue())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Nicht zertifiziert", "52,00 €", "Pflicht", "Rechter Zeigefinger", "NFIQ 2")),
        ("en", ("Not certified", "€52.00", "mandatory", "Right index finger", "NFIQ 2")),
    ],
)
def test_the_summary_says_everything_in_both_languages(make_case, service, language, words):
    pdf = summary.render(make_case(), service(), "Bürgeramt", language, FOLDER)
    said = text_of(pdf)
    for word in (*words, "Erika Žofia", "Łódź", "2026-000001", "PAuswGebV", "Augenklappe"):
        assert word in said, word


def test_a_case_that_got_in_with_undisplayable_text_still_has_its_summary(make_case, service):
    odd = FIELDS.model_copy(update={"family_name": "王\x00😀", "given_names": "Li"})
    case = replace(make_case(simulated=("camera",)), fields=odd, veto_reason="王\x00")
    said = text_of(summary.render(case, service(), "Bürgeramt", "de", FOLDER))
    assert "Simulierte Geräte: Kamera" in said
    assert "Simulierte Geräte: Kamera" in xhd.draft(case, "PA").decode()
    ET.fromstring(xhd.draft(case, "PA"))


def test_every_character_that_may_be_shown_is_in_the_fonts(make_case, service):
    every = "".join(map(chr, range(0x3000)))
    fields = FIELDS.model_copy(
        update={"town": "".join(c for c in every if letters.is_text(f"a{c}"))}
    )
    assert summary.render(replace(make_case(), fields=fields), service(), "B", "en", FOLDER)


def test_the_summary_is_tagged_and_claims_pdf_ua(make_case, service):
    pdf = summary.render(make_case(), service(), "Bürgeramt", "de", FOLDER)
    document = pypdfium2.PdfDocument(pdf)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Vorgang 2026-000001"
    assert b"pdfuaid" in pdf


def test_data_is_never_run_as_a_program(make_case, service):
    said = text_of(summary.render(make_case(), service(), "Bürgeramt", "de", FOLDER))
    assert '#read("/etc/passwd") *x*' in said
    assert "root:" not in said


def test_the_draft_says_that_it_is_none(make_case):
    text = xhd.draft(make_case(), "PA")
    assert b"<!-- uncertified draft, never sent -->" in text
    order = ET.fromstring(text)
    assert order.findtext("ZertifizierungsID") == "BSI-K-TR-0000-0000"
    assert order.findtext("Testnachricht") == "true"


def test_the_draft_has_the_fields_of_the_norm(make_case):
    order = ET.fromstring(xhd.draft(make_case(), "PA"))
    person = order.find("Antrag/Antragsteller")
    assert person.findtext("Familienname") == FIELDS.family_name
    assert person.findtext("Geschlecht") == "001"
    assert person.findtext("PLZOrt") == "51147 Köln"
    assert order.find("Antrag/Lichtbild").attrib == {"Quelle": "0x02", "Format": "JPEG2000"}
    codes = [print_.attrib["Fingercode"] for print_ in order.iter("Fingerabdruck")]
    assert codes == ["2", "7"]
    assert order.find("Antrag/Passart") is None


def test_a_passports_draft_has_kind_express_and_pages(make_case):
    case = make_case(answers={"express": "yes", "pages": "pages_48"})
    order = ET.fromstring(xhd.draft(case, "RP"))
    said = [order.findtext(f"Antrag/{tag}") for tag in ("Passart", "Express", "ExtraSeiten")]
    assert said == ["P", "true", "true"]


def test_the_draft_says_why_a_print_is_missing(make_case):
    fingers = (
        FingerFact(position=2, quality=71),
        FingerFact(position=7, quality=None, missing=MissingFinger.PERMANENT),
    )
    order = ET.fromstring(xhd.draft(make_case(fingers=fingers), "PA"))
    said = [hint.text for hint in order.findall("Hinweis")]
    assert said == ["Linker Zeigefinger: dauerhaft nicht möglich"]


@pytest.mark.parametrize("product", ["PA", "RP"])
def test_every_element_of_the_draft_is_documented(make_case, product):
    page = (Path(__file__).parents[3] / "docs/interfaces/server.md").read_text("utf-8")
    chapter = page[page.index("## The XhD draft") : page.index("## Sockets of calls")]
    case = make_case(simulated=("camera",))
    for element in ET.fromstring(xhd.draft(case, product)).iter():
        for word in (element.tag, *element.attrib):
            assert word in chapter or word in {"Format", "Verfahren"}, word


def test_the_hash_in_the_draft_is_that_of_the_application(make_case):
    order = ET.fromstring(xhd.draft(make_case(), "PA"))
    application = order.find("Antrag")
    assert order.findtext("Pruefsumme") == xhd.digest(application)
    application.find("Antragsteller/Geburtsort").text = "Berlin"
    assert order.findtext("Pruefsumme") != xhd.digest(application)
    assert len(order.findtext("Pruefsumme")) == hashlib.sha256().digest_size * 2


def test_exports_come_as_downloads_and_are_on_the_trail(clerk, retrieved, trail):
    path = f"/captures/{retrieved.capture_id}"
    clerk.post(f"{path}/verify", fingers="verified")
    fields = FIELDS.model_dump() | {"family_name": "Müller"}
    released = clerk.post(f"{path}/release", **fields).json()
    for url, media_type in (
        (released["summary_url"] + "?lang=en", "application/pdf"),
        (released["xhd_url"], "application/xml"),
    ):
        answer = clerk.client.get(url)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert trail()[-1] == "document_exported"


def test_an_unknown_case_is_said_to_be_none(clerk):
    assert clerk.get("/cases/2026-999999/summary.pdf").json()["code"] == "CAS-501"
