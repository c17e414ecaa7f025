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
class Alarm:
    """What happened, by whom, to what; the mail carries no personal data."""

    event: Event
    actor: str
    subject: str
    sentence: str
    advice: str


def other_bytes(terminal_id: str, capture_id: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        f"capture:{capture_id}",
        "Other bytes were sent under the id of a capture that is already here.",
        "Find out whether the terminal was tampered with before using the capture.",
    )


def pickup_taken(terminal_id: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        "pickup:taken",
        "A capture came with the pickup number and birthday of another capture.",
        "The citizen's capture is still at the terminal; capture at the counter.",
    )


def tampered(terminal_id: str, cause: str) -> Alarm:
    return Alarm(
        Event.CAPTURE_ALARM,
        f"terminal:{terminal_id}",
        "envelope:refused",
        f"An envelope was refused: {cause}.",
        "Check the terminal's key and whether somebody had access to it.",
    )


def pickup_locked(login: str, subject: str) -> Alarm:
    """The number itself stays out of mail and trail; `subject` is the capture it belongs to."""
    return Alarm(
        Event.PICKUP_LOCKED,
        f"staff:{login}",
        subject,
        "A pickup number was locked after five lookups with a wrong birthday.",
        "Ask the clerk, then unlock the number at the desk if the citizen is there.",
    )


def scanning(login: str) -> Alarm:
    return Alarm(
        Event.LOOKUP_SCANNING,
        f"staff:{login}",
        "",
        f"The account {login} missed many different pickup numbers in a short time.",
        "Ask the clerk; if it was not them, change the password.",
    )


def raise_alarm(session: Session, now: datetime, to: str, alarm: Alarm) -> None:
    """Write the alarm on the trail and post its mail."""
    audit.record(session, now, alarm.event, alarm.actor, alarm.subject)
    trace = f"{alarm.event} {alarm.actor} {alarm.subject} {now.isoformat()}"
    mail_id = hashlib.sha256(trace.encode()).hexdigest()[:32]
    text = f"{alarm.sentence}\n\nWhen: {to_text(now)}\nBy: {alarm.actor}\nDo: {alarm.advice}\n"
    post(session, Mail(mail_id, to, f"Amtsnah alarm: {alarm.event.sentence}", text, now))
