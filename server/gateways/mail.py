"""Mails: decided in a transaction, sent after it; the demo's post office is a directory."""

import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.tables import OutgoingMail


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail; `id` is its Message-ID and file name, so that sending twice is sending once."""

    id: str
    to: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailSink:
    """A directory that takes mails as .eml files."""

    directory: Path
    sender: str

    def send(self, mail: Mail) -> None:
        message = EmailMessage(policy=email.policy.SMTP)
        message["Message-ID"] = f"<{mail.id}@amtsnah>"
        message["Date"] = format_datetime(mail.at)
        message["From"], message["To"] = self.sender, mail.to
        message["Subject"] = mail.subject
        message.set_content(mail.text)
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.directory / f"{mail.id}.part"
        unfinished.write_bytes(message.as_bytes())
        unfinished.rename(self.directory / f"{mail.id}.eml")

    def list_mails(self) -> list[Mail]:
        """Return all mails, newest first."""
        mails = [_read(file) for file in self.directory.glob("*.eml")]
        return sorted(mails, key=lambda mail: mail.at, reverse=True)


def post(session: Session, mail: Mail) -> None:
    """Decide that a mail goes out once this transaction is on the disk."""
    row = OutgoingMail(
        id=mail.id, to=mail.to, subject=mail.subject, text=mail.text, created_at=mail.at
    )
    session.add(row)


def unsent(session: Session) -> list[Mail]:
    rows = session.scalars(select(OutgoingMail).where(OutgoingMail.sent_at.is_(None)))
    return [Mail(row.id, row.to, row.subject, row.text, row.created_at) for row in rows]


def mark_sent(session: Session, now: datetime, mail: Mail) -> None:
    row = session.get(OutgoingMail, mail.id)
    if row is not None:
        row.sent_at = now


def _read(file: Path) -> Mail:
    with file.open("rb") as stream:
        message = BytesParser(policy=email.policy.default).parse(stream)
    body = message.get_body(("plain",))
    return Mail(
        id=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        at=message["Date"].datetime,
    )
