"""Alarms: one audit event each, and a mail to the supervisor."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server import audit
from server.audit import Event
from server.clock import to_text
from server.gateways.mail import Mail, post


@dataclass(frozen=True, slots=True)
class Said:
    """What happened and what to do, in one language."""

    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """What happened, by whom, to what; the mail carries no personal data."""

    event: Event
    actor: str
    subject: str
    de: Said
    en: Said


def other_bytes(terminal_id: str, capture_id: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        f"capture:{capture_id}",
        Said(
            "Unter der Kennung einer vorhandenen Aufnahme kamen andere Daten.",
            "Vor der Übernahme klären, ob jemand das Terminal manipuliert hat.",
        ),
        Said(
            "Other bytes were sent under the id of a capture that is already here.",
            "Find out whether the terminal was tampered with before using the capture.",
        ),
    )


def pickup_taken(terminal_id: str, capture_id: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        f"capture:{capture_id}",
        Said(
            "Eine Aufnahme kam mit Abholnummer und Geburtstag einer anderen Aufnahme.",
            "Die Aufnahme liegt noch am Terminal; bitte am Schalter neu aufnehmen.",
        ),
        Said(
            "A capture came with the pickup number and birthday of another capture.",
            "The citizen's capture is still at the terminal; capture at the counter.",
        ),
    )


def tampered(terminal_id: str, capture_id: str, cause: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        f"capture:{capture_id}",
        Said(
            f"Ein Umschlag wurde abgelehnt ({cause}).",
            "Den Schlüssel des Terminals prüfen und ob jemand Zugriff darauf hatte.",
        ),
        Said(
            f"An envelope was refused: {cause}.",
            "Check the terminal's key and whether somebody had access to it.",
        ),
    )


def pickup_locked(login: str, subject: str) -> Alarm:
    """The number itself stays out of mail and trail; `subject` is the capture it belongs to."""
    return Alarm(
        Event.PICKUP_LOCKED,
        f"staff:{login}",
        subject,
        Said(
            "Eine Abholnummer wurde nach fünf Versuchen mit falschem Geburtstag gesperrt.",
            "Beim Schalter nachfragen; ist die Person da, die Nummer am Arbeitsplatz entsperren.",
        ),
        Said(
            "A pickup number was locked after five lookups with a wrong birthday.",
            "Ask the clerk, then unlock the number at the desk if the citizen is there.",
        ),
    )


def scanning(login: str) -> Alarm:
    return Alarm(
        Event.LOOKUP_SCANNING,
        f"staff:{login}",
        "",
        Said(
            f"Mit dem Konto {login} wurden in kurzer Zeit viele Abholnummern nicht gefunden.",
            "Nachfragen; war es die Person nicht selbst, das Passwort ändern.",
        ),
        Said(
            f"The account {login} missed many different pickup numbers in a short time.",
            "Ask the clerk; if it was not them, change the password.",
        ),
    )


def raise_alarm(session: Session, now: datetime, to: str, alarm: Alarm) -> None:
    """Write the alarm on the trail and post its mail."""
    audit.record(session, now, alarm.event, alarm.actor, alarm.subject)
    trace = f"{alarm.event} {alarm.actor} {alarm.subject} {now.isoformat()}"
    mail_id = hashlib.sha256(trace.encode()).hexdigest()[:32]
    post(session, Mail(mail_id, to, f"Amtsnah Alarm: {alarm.de.sentence}", _text(now, alarm), now))


def _text(now: datetime, alarm: Alarm) -> str:
    """Return the mail in German, then in English."""
    at = now.astimezone()
    roles = {"staff": ("Konto", "Account"), "terminal": ("Terminal", "Terminal")}
    kind, _, who = alarm.actor.partition(":")
    by_de, by_en = roles[kind]
    capture = alarm.subject.partition(":")[2] or "–"
    return "\n".join(
        (
            alarm.de.sentence,
            "",
            f"Zeit: {at:%d.%m.%Y, %H:%M} Uhr",
            f"{by_de}: {who}",
            f"Aufnahme: {capture}",
            f"Was zu tun ist: {alarm.de.advice}",
            "",
            "--- English ---",
            "",
            alarm.en.sentence,
            "",
            f"Time: {at:%d %B %Y, %H:%M} ({to_text(now)})",
            f"{by_en}: {who}",
            f"Capture: {capture}",
            f"What to do: {alarm.en.advice}",
            "",
        )
    )
