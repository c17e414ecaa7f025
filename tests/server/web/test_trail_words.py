"""What the trail's page says about an entry is in words of the reader's language."""

import pytest

from server.audit import LOGGABLE
from server.web.templating import LANGUAGES, texts_of
from server.web.trail_words import say_facts

SAID = [
    ("staff_signed_in", {"role": "supervisor"}, "Rolle: Teamleitung"),
    ("fingers_checked", {"check": "no_match"}, "Ergebnis: Passt nicht"),
    ("photo_vetoed", {"kind": "not_ok"}, "Art: Nicht OK"),
    ("lookup_missed", {"reason": "birthday"}, "Grund: Nummer richtig, Geburtstag falsch"),
    ("capture_rejected", {"reason": "photo"}, "Grund: Foto nicht brauchbar"),
    ("capture_released", {"cents": 4600}, "Gebühr: 46,00 €"),
    ("call_asked", {"service": "id-card"}, "Leistung: Personalausweis"),
    ("capture_received", {"bytes": 1200}, "Bytes: 1200"),
    ("terminal_copy_deleted", {"unknown_here": False}, "hier unbekannt: nein"),
]


@pytest.mark.parametrize(("event", "facts", "words"), SAID)
def test_a_fact_is_said_in_german(office, event, facts, words):
    assert say_facts(event, facts, texts_of("de"), office.catalogue, "de") == [words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_that_may_be_on_the_trail_has_a_name(language):
    assert {f"fact.{name}" for name in LOGGABLE} <= texts_of(language).keys()
