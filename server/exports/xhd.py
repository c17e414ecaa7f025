"""An XhD-shaped draft of a case: field names of TR-03123-2, uncertified, never sent.

The draft shows what an order would carry; it is no XhD document and validates against no schema.
"""

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from server.cases import DocumentKind, OpenCase
from server.contract.captures import MissingFinger
from server.contract.desk import FingerCheck, NoSignature
from server.contract.letters import displayable

NOT_CERTIFIED = "BSI-K-TR-0000-0000"
_LIVE = "0x02"  # photo source: taken live
_FINGER_CODES = {DocumentKind.FINGER_RIGHT: "2", DocumentKind.FINGER_LEFT: "7"}
_DEVICES = {"camera": "Kamera", "fingerprint": "Fingerabdruckleser", "printer": "Drucker"}
_FINGERS = {2: "Rechter Zeigefinger", 7: "Linker Zeigefinger"}
_MISSING = {
    MissingFinger.PERMANENT: "dauerhaft nicht möglich",
    MissingFinger.TEMPORARY: "vorübergehend nicht möglich",
    MissingFinger.QUALITY: "Qualität nicht erreicht",
    MissingFinger.UNDER_AGE: "unter 6 Jahren",
}
_NO_SIGNATURE: dict[str | None, str] = {
    NoSignature.CANNOT_WRITE: "kann nicht schreiben",
    NoSignature.DISABILITY: "wegen einer Behinderung nicht möglich",
    NoSignature.INJURY: "wegen einer Verletzung nicht möglich",
}
_COMMENT = " uncertified draft, never sent "


def draft(case: OpenCase, product: str) -> bytes:
    """Return the draft as XML; its Pruefsumme is SHA-256 over the canonical `Antrag`."""
    options = order_options(product, case.record().answers)
    order = ET.Element("Bestellung")
    order.append(ET.Comment(_COMMENT))
    application = ET.Element("Antrag")
    _texts(application, {"Antragsnummer": case.number, "Produktart": product, **options})
    _person(application, case)
    _biometrics(application, case)
    _texts(order, {"ZertifizierungsID": NOT_CERTIFIED, "Testnachricht": "true"})
    for hint in _hints(case):
        _texts(order, {"Hinweis": hint})
    order.append(application)
    ET.SubElement(order, "Pruefsumme", {"Verfahren": "SHA-256"}).text = digest(application)
    ET.indent(order)
    xml: bytes = ET.tostring(order, encoding="utf-8", xml_declaration=True)
    return xml


def order_options(product: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return Passart, Express and ExtraSeiten; only passports have them."""
    if product != "RP":
        return {}
    return {
        "Passart": "P",
        "Express": "true" if answers.get("express") == "yes" else "false",
        "ExtraSeiten": "true" if answers.get("pages") == "pages_48" else "false",
    }


def digest(application: ET.Element) -> str:
    """Return the hash over the application in canonical XML, without regard to indentation."""
    canonical = ET.canonicalize(ET.tostring(application, encoding="unicode"), strip_text=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _person(application: ET.Element, case: OpenCase) -> None:
    fields = case.fields
    _texts(
        ET.SubElement(application, "Antragsteller"),
        {
            "Familienname": fields.family_name,
            "Vornamen": fields.given_names,
            "Geburtsname": fields.birth_name,
            "Doktorgrad": fields.doctorate,
            "OrdensKuenstlername": fields.artist_name,
            "Geburtsdatum": fields.birth_date,
            "Geburtsort": fields.birth_place,
            "Geschlecht": fields.sex,
            "Groesse": fields.height_cm,
            "Augenfarbe": fields.eye_colour,
            "Strasse": fields.street,
            "PLZOrt": f"{fields.postcode} {fields.town}",
        },
    )


def _hints(case: OpenCase) -> Iterator[str]:
    """Yield what whoever reads the draft must know beside its fields."""
    if simulated := case.record().simulated:
        names = ", ".join(_DEVICES.get(one, one) for one in simulated)
        yield f"Simulierte Geräte: {names}"
    if case.finger_check != FingerCheck.REENROL:
        for finger in case.record().fingers:
            if finger.missing is not None:
                yield f"{_FINGERS[finger.position]}: {_MISSING[finger.missing]}"
    else:
        yield "Fingerabdrücke am Schalter neu aufgenommen, nicht in diesem Entwurf"
    if case.counter_signature in _NO_SIGNATURE:
        yield f"Keine Unterschrift: {_NO_SIGNATURE[case.counter_signature]}"


def _biometrics(application: ET.Element, case: OpenCase) -> None:
    documents = case.documents
    if photo := documents.get(DocumentKind.PHOTO):
        _binary(application, "Lichtbild", photo, Quelle=_LIVE, Format="JPEG2000")
    for kind, code in _FINGER_CODES.items():
        if finger := documents.get(kind):
            _binary(application, "Fingerabdruck", finger, Fingercode=code, Format="WSQ")
    if signature := documents.get(DocumentKind.SIGNATURE):
        place = "Schalter" if case.counter_signature else "Terminal"
        _binary(application, "Unterschrift", signature, Format="JPEG", Ort=place)


def _texts(parent: ET.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if text:
            ET.SubElement(parent, name).text = displayable(text)


def _binary(parent: ET.Element, name: str, data: bytes, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = base64.b64encode(data).decode()
