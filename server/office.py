"""What one running server consists of; built once and handed to every handler."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import Request, WebSocket

from server.calls.exchange import Exchange
from server.clock import Clock
from server.config import Config
from server.contract.catalogue import Catalogue, Service
from server.contract.sealing import OfficePrivateKey
from server.db import Database
from server.gateways.mail import MailSink
from server.passwords import Passwords
from server.refusals import No


def new_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a handler may need; `new_secret` and `clock` are given in for the tests' sake."""

    config: Config
    db: Database
    key: OfficePrivateKey
    catalogue: Catalogue
    passwords: Passwords
    mails: MailSink
    exchange: Exchange
    documents: Path  # templates and texts of exports
    clock: Clock
    started_at: datetime
    new_secret: Callable[[], str] = field(default=new_secret)

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.config.idle_minutes)

    def service(self, service_id: str) -> Service:
        """Return a service of the catalogue; raises RefusedError if it is not there any more."""
        service = self.catalogue.service(service_id)
        if service is None:
            raise No.NO_SERVICE.error(f"the service {service_id} is not in the catalogue")
        return service

    @property
    def cookie_name(self) -> str:
        return "__Host-amtsnah" if self.config.https else "amtsnah"


def office_of(connection: Request | WebSocket) -> Office:
    office: Office = connection.app.state.office
    return office
