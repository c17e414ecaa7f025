"""What an entry of the audit trail says beside its event, in words of the reader's language."""

from collections.abc import Mapping

from server.contract.catalogue import Catalogue

Fact = str | int | bool

_WORDS = {  # fact -> where the words for its values are
    "age_band": "band.",
    "told": "band.",
    "check": "fingers.",
    "part": "fact.part_",
    "reason": "fact.reason_",
    "role": "role.",
    "state": "state.",
}
_OF_EVENT = {  # (event, fact) -> the same where the event decides
    ("photo_vetoed", "kind"): "veto.",
    ("decision_withdrawn", "kind"): "fact.withdrawn_",
    ("signature_at_counter", "kind"): "sign.kind_",
    ("document_exported", "kind"): "ended.document_",
    ("capture_rejected", "reason"): "reject.",
}
_PLAIN = {True: "fact.yes", False: "fact.no"}


def say_facts(
    event: str, facts: Mapping[str, Fact], texts: Mapping[str, str], catalogue: Catalogue, lang: str
) -> list[str]:
    """Return each fact as "name: value"; what has no words, as ids and digests, stays as it is."""
    names = {service.id: service.name.in_language(lang) for service in catalogue.services}
    return [
        f"{texts[f'fact.{name}']}: {names.get(str(value)) or _value(event, name, value, texts)}"
        for name, value in facts.items()
    ]


def _value(event: str, name: str, value: Fact, texts: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return texts[_PLAIN[value]]
    if name == "cents":
        return f"{int(value) / 100:.2f} €".replace(".", texts["fact.decimal"])
    prefix = _OF_EVENT.get((event, name)) or _WORDS.get(name, "")
    return texts.get(f"{prefix}{value}", str(value))
