"""The summary of a case as accessible PDF (PDF/UA-1, PDF/A-2a); nothing touches a disk."""

import base64
import contextlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from server.cases import DocumentKind, OpenCase
from server.clock import from_text
from server.contract.captures import CriterionValue, FeeLine, FingerFact
from server.contract.catalogue import FieldType, FormField, Service
from server.contract.desk import FingerCheck
from server.contract.eligibility import signs
from server.contract.letters import displayable
from server.exports.pictures import PRODUCTION_SIZE, PictureError, as_jpeg, print_png, size_of

Labels = dict[str, str]

_DESK_WORDS = ("criterion.", "unit.", "note.")

_FEW = 10  # below, a number needs its decimals to be told from its limit
_PRINTS = {2: DocumentKind.FINGER_RIGHT, 7: DocumentKind.FINGER_LEFT}  # ISO 19794-4 codes
_PERSON = (
    *("family_name", "given_names", "birth_name", "doctorate", "artist_name", "birth_date"),
    *("birth_place", "height_cm", "eye_colour", "sex", "street", "town_line", "email"),
)


class DocumentError(Exception):
    """A document that cannot be made; says nothing about what should be in it."""


def render(case: OpenCase, service: Service, office: str, language: str, folder: Path) -> bytes:
    """Return the PDF; `folder` holds the template and its texts; raises DocumentError."""
    import typst

    labels = labels_of(folder, language)
    facts = describe(case, service, office, language, labels)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder.parent / "fonts")])
    try:
        pdf: bytes = typst.compile(
            (folder / "summary.typ").read_bytes(),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            sys_inputs={"data": json.dumps(_shown(facts)), **_pictures(case, service)},
            font_paths=fonts,
            timestamp=case.opened_at.replace(microsecond=0),  # typst takes whole seconds only
        )
    except typst.TypstError:  # its message quotes the citizen's data
        raise DocumentError("the summary cannot be set") from None
    return pdf


def labels_of(folder: Path, language: str) -> Labels:
    """Return the summary's own words, and the names of criteria that the desk uses too."""
    own: Labels = json.loads((folder / "summary.json").read_text("utf-8"))[language]
    desk = folder.parent / "web" / "i18n" / f"{language}.json"
    words: Labels = json.loads(desk.read_text("utf-8"))
    return own | {key: text for key, text in words.items() if key.startswith(_DESK_WORDS)}


def describe(
    case: OpenCase, service: Service, office: str, language: str, labels: Labels
) -> dict[str, Any]:
    """Return everything the template shows, as text."""
    record = case.record()
    report = case.photo_report()
    return {
        "language": language,
        "labels": labels,
        "office": office,
        "number": case.number,
        "person": _person(case, labels, language),
        "application": _application(case, service, language, labels),
        "veto": _veto(case, labels),
        "signature": DocumentKind.SIGNATURE in case.documents,
        "signature_remark": _signature_remark(case, service, labels),
        "fingers": [_finger(case, fact, labels) for fact in record.fingers],
        "simulated": ", ".join(labels.get(f"device_{one}", one) for one in record.simulated),
        "photo_verdict": labels[_photo_verdict(case)],
        "fees": [
            [_fee_text(line, service, language), line.basis, euros(line.cents, language)]
            for line in case.fees
        ],
        "total": _total(case.fees, language),
        "criteria": [_criterion(one, labels, language) for one in report.criteria]
        if report
        else [],
    }


def euros(cents: int, language: str) -> str:
    """Return an amount as people write it: `46,00 €` or `€46.00`."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d} €" if language == "de" else f"€{whole}.{rest:02d}"


def moment(at: datetime, language: str) -> str:
    """Return a time on the office's clock: `24.11.2026, 10:30 Uhr` or `2026-11-24, 10:30`."""
    form = "%d.%m.%Y, %H:%M Uhr" if language == "de" else "%Y-%m-%d, %H:%M"
    return at.astimezone().strftime(form)


def _shown(fact: Any) -> Any:
    """Return the facts with a mark for every character that the fonts do not have."""
    if isinstance(fact, str):
        return displayable(fact)
    if isinstance(fact, list):
        return [_shown(one) for one in fact]
    return {key: _shown(one) for key, one in fact.items()} if isinstance(fact, dict) else fact


def _fee_text(line: FeeLine, service: Service, language: str) -> str:
    rows = (row.text.in_language(language) for row in service.fees if row.code == line.code)
    return next(rows, line.text)


def _photo_verdict(case: OpenCase) -> str:
    if case.veto_kind is not None:
        return "photo_vetoed"
    return "photo_ok" if case.record().photo_accepted else "photo_not_ok"


def _total(fees: tuple[FeeLine, ...], language: str) -> str:
    return euros(sum(line.cents for line in fees), language)


def _pictures(case: OpenCase, service: Service) -> dict[str, str]:
    pictures = {"photo": _framed(as_jpeg(case.documents[DocumentKind.PHOTO]), PRODUCTION_SIZE)}
    if signature := case.documents.get(DocumentKind.SIGNATURE):
        pictures["signature"] = _framed(signature, service.signature_pixels)
    for position, kind in _PRINTS.items():
        if (wsq := case.documents.get(kind)) is not None:
            with contextlib.suppress(PictureError):  # the summary is complete without it
                png = print_png(wsq)
                pictures[f"finger_{position}"] = _framed(as_jpeg(png), size_of(png))
    return pictures


def _framed(jpeg: bytes, size: tuple[int, int]) -> str:
    """Wrap a JPEG in SVG text, because only text can be given into a template."""
    width, height = size
    data = base64.b64encode(jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    )


def _person(case: OpenCase, labels: Labels, language: str) -> list[list[str]]:
    fields = case.fields
    values = fields.model_dump() | {
        "sex": labels[f"sex_{fields.sex}"],
        "birth_date": _day(fields.birth_date, language),
        "town_line": f"{fields.postcode} {fields.town}",
    }
    return [[labels[key], values[key]] for key in _PERSON if values[key]]


def _day(written: str, language: str) -> str:
    return ".".join(reversed(written.split("-"))) if language == "de" else written


def _application(
    case: OpenCase, service: Service, language: str, labels: Labels
) -> list[list[str]]:
    record = case.record()
    given = [
        [field.label.in_language(language), _answer(field, value, language, labels)]
        for field in service.fields
        if (value := (record.answers | case.answers).get(field.id))
    ]
    return [
        [labels["service"], service.name.in_language(language)],
        [labels["age_band"], labels[f"band_{case.age_band.value}"]],
        *given,
        [labels["captured_at"], moment(from_text(record.captured_at), language)],
        [labels["terminal"], record.terminal_id],
        [labels["opened_at"], moment(case.opened_at, language)],
        [labels["opened_by"], case.clerk or case.opened_by],
    ]


def _answer(field: FormField, value: str, language: str, labels: Labels) -> str:
    named = {option.value: option.label.in_language(language) for option in field.options}
    if field.type is FieldType.YES_NO:
        named = {word: labels[word] for word in ("yes", "no")}
    return f"{named.get(value, value)} {field.unit}".strip()


def _signature_remark(case: OpenCase, service: Service, labels: Labels) -> str:
    """Return where the signature was given, or why there is none; "" where none is due."""
    if case.counter_signature not in (None, "drawn"):
        return labels[f"no_signature_{case.counter_signature}"]
    if DocumentKind.SIGNATURE in case.documents:
        return labels["signed_at_counter" if case.counter_signature else "signed_at_terminal"]
    return labels["signature_missing"] if signs(service.rules, case.age_band) else ""


def _veto(case: OpenCase, labels: Labels) -> str | None:
    if case.veto_kind is None:
        return None
    return f"{labels[f'veto_{case.veto_kind}']} – {case.veto_reason}"


def _finger(case: OpenCase, fact: FingerFact, labels: Labels) -> list[str]:
    code, name = f"finger_{fact.position}", labels[f"finger_{fact.position}"]
    if case.finger_check == FingerCheck.REENROL:
        failed = None if fact.missing else labels.get(f"compared_{case.finger_comparison}")
        return [code, name, "–", "; ".join(filter(None, (failed, labels["check_reenrol"])))]
    if fact.missing is not None:
        return [code, name, "–", labels[f"missing_{fact.missing.value}"]]
    remark = labels[f"check_{case.finger_check}"] if case.finger_check else labels["not_taken"]
    return [code, name, "–" if fact.quality is None else str(fact.quality), remark]


def _criterion(one: CriterionValue, labels: Labels, language: str) -> list[str]:
    return [
        one.id if one.id[:1].isdigit() else "–",
        labels.get(f"criterion.{one.id}", one.name),
        labels.get(f"note.{one.note}", one.note),
        _number(one.value, _unit(one, labels), language),
        _threshold(one, labels, language),
        labels["mandatory" if one.mandatory else "optional"],
        labels[f"verdict_{one.verdict}"],
    ]


def _unit(one: CriterionValue, labels: Labels) -> str:
    """Return the unit as the desk names it, "" for what is a plain number."""
    shown = labels.get(f"unit.{one.unit}", one.unit)
    return "" if shown in labels["plain_units"].split(";") else shown


def _threshold(one: CriterionValue, labels: Labels, language: str) -> str:
    low, high = (_number(bound, _unit(one, labels), language) for bound in (one.min, one.max))
    if one.min is not None and one.max is not None:
        return low if low == high else f"{_number(one.min, '', language)} … {high}"
    if one.min is not None:
        return f"{labels['at_least']} {low}"
    return f"{labels['at_most']} {high}" if one.max is not None else "–"


def _number(value: float | None, unit: str, language: str) -> str:
    if value is None:
        return "–"
    text = f"{value:.{3 if abs(value) < _FEW else 1}f}"
    text = text.rstrip("0").rstrip(".").replace("-", "−")
    return f"{text.replace('.', ',') if language == 'de' else text} {unit}".strip().replace(
        " °", "°"
    )
