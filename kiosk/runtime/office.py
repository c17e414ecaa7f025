"""The server as the terminal meets it: one method per call, every outcome a value."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import requests
from pydantic import ValidationError

from kiosk.runtime.token import NoTokenError, TokenSource
from server.contract.captures import Receipt, Refusal, Standing, Standings
from server.contract.catalogue import Catalogue

_TIMEOUT = (3.0, 30.0)  # seconds to connect, to answer: an envelope may travel a slow line
_REFUSING = frozenset({403, 409, 413, 422})


T = TypeVar("T")


class Outcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    REFUSED = "refused"  # asking again will not help
    LATER = "later"  # the server is there but cannot do it now
    AWAY = "away"  # the server was not reached


@dataclass(frozen=True, slots=True)
class Word:
    """The outcome with the code and cause behind it."""

    outcome: Outcome
    code: str = ""
    cause: str = ""


class Office:
    """One server, one session, one token."""

    def __init__(self, server_url: str, tokens: TokenSource) -> None:
        self._base = f"{server_url}/api/terminals"
        self._tokens = tokens
        self._session = requests.Session()

    def close(self) -> None:
        self._session.close()

    def put_capture(self, capture_id: str, envelope: bytes) -> tuple[Word, Receipt | None]:
        headers = {"Content-Type": "application/octet-stream"}
        word, answer = self._ask("PUT", f"/captures/{capture_id}", data=envelope, headers=headers)
        return _read(word, answer, Receipt.model_validate_json)

    def standings(self, capture_ids: list[str]) -> tuple[Word, tuple[Standing, ...]]:
        word, answer = self._ask("GET", "/captures", params={"ids": ",".join(capture_ids)})
        word, found = _read(word, answer, Standings.model_validate_json)
        return word, found.captures if found else ()

    def tell_deleted(self, capture_id: str) -> Word:
        word, _ = self._ask("POST", f"/captures/{capture_id}/deleted")
        return word

    def catalogue(self, version: str) -> tuple[Word, Catalogue | None]:
        """Return the catalogue when it is another than `version`."""
        word, answer = self._ask("GET", "/catalogue", headers={"If-None-Match": f'"{version}"'})
        if answer is not None and answer.status_code == 304:
            return word, None
        return _read(word, answer, Catalogue.model_validate_json)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        data: bytes | None = None,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[Word, requests.Response | None]:
        try:
            bearer = {"Authorization": f"Bearer {self._tokens.bearer()}"}
            answer = self._session.request(
                method,
                self._base + path,
                data=data,
                params=params,
                headers={**(headers or {}), **bearer},
                timeout=_TIMEOUT,
            )
        except NoTokenError as fault:
            return Word(Outcome.LATER, fault.code, str(fault)), None
        except requests.HTTPError as fault:
            return Word(Outcome.LATER, "NET-003", f"token: {fault}"), None
        except OSError as fault:
            return Word(Outcome.AWAY, "NET-001", type(fault).__name__), None
        return self._judged(answer), answer

    def _judged(self, answer: requests.Response) -> Word:
        if answer.status_code < 400:
            return Word(Outcome.DONE)
        if answer.status_code == 401:
            self._tokens.forget()
        code, cause = _refusal(answer)
        refused = answer.status_code in _REFUSING
        return Word(Outcome.REFUSED if refused else Outcome.LATER, code, cause)


def _refusal(answer: requests.Response) -> tuple[str, str]:
    try:
        said = Refusal.model_validate_json(answer.content)
    except ValidationError:
        return "NET-003", f"answered with {answer.status_code}"
    return said.code, said.cause


def _read(
    word: Word, answer: requests.Response | None, parse: Callable[[bytes], T]
) -> tuple[Word, T | None]:
    """Parse the body of a good answer; one that is not understood is tried again later."""
    if answer is None or word.outcome is not Outcome.DONE:
        return word, None
    try:
        return word, parse(answer.content)
    except ValidationError:
        return Word(Outcome.LATER, "NET-004", "answer not understood"), None
