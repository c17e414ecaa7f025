"""Every refusal of the server: its HTTP status, its code and the advice that goes with it."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from server.contract.captures import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected "no" as a value, so that what was written on the way to it stays written."""

    status: int
    code: str
    cause: str
    advice: str

    def as_wire(self) -> Refusal:
        return Refusal(code=self.code, cause=self.cause, advice=self.advice)


class RefusedError(Exception):
    """A refusal on its way out of a handler; mapped to JSON in one place."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.cause)
        self.refused = refused


class No(Enum):
    """The closed list of reasons: status, code, advice."""

    NOT_SIGNED_IN = 401, "SRV-101", "Sign in at the desk's login page."
    WRONG_LOGIN = 401, "SRV-102", "Check login and password; ask a supervisor if it stays so."
    NO_TOKEN = 401, "SRV-103", "Fetch a new token from /api/terminals/token and try again."
    BAD_TOKEN_REQUEST = 401, "SRV-104", "Check the terminal's key, its clock and its enrolment."
    NO_RIGHT = 403, "SRV-105", "Ask a supervisor for a role that may do this."
    NO_CSRF = 403, "SRV-106", "Reload the page and try again."
    OTHER_SITE = 403, "SRV-107", "Use the desk's own pages."
    TOO_OFTEN = 429, "SRV-108", "Wait a quarter of an hour and try again."
    NOT_FOUND = 404, "SRV-201", "Check the address."
    NOT_UNDERSTOOD = 422, "SRV-202", "Correct the named field and send it again."
    TOO_LARGE = 413, "SRV-203", "Send less; an envelope has at most 10 MB."
    WRONG_METHOD = 405, "SRV-204", "See /api/openapi.json for what this address can do."
    WENT_WRONG = 500, "SRV-500", "Try again; if it stays so, tell the technician this code."
    NO_DATABASE = 503, "SRV-501", "Try again in a minute; then have disk and database looked at."
    OTHER_BYTES = 409, "CAP-301", "Keep the envelope and call the technician: an alarm was raised."
    NO_ENVELOPE = 422, "CAP-302", "Keep the envelope and call the technician."
    BAD_SIGNATURE = 422, "CAP-303", "Keep the envelope; check that the terminal's key is enrolled."
    UNKNOWN_KEY = 422, "CAP-304", "Fetch the office key anew; keep the envelope for the technician."
    NOT_OPENED = 422, "CAP-305", "Keep the envelope and call the technician."
    BAD_RECORD = 422, "CAP-306", "Keep the envelope; update the terminal's program."
    OTHER_TERMINAL = 403, "CAP-307", "Only the terminal that made a capture may send it."
    PICKUP_TAKEN = 409, "CAP-308", "Ask the citizen to come to the counter; an alarm was raised."
    TAMPERED = 422, "CAP-309", "Keep the envelope and call the technician: an alarm was raised."
    NO_SUCH_PICKUP = 404, "CAP-401", "Check the number and the birthday; five misses lock it."
    TYPING_ERROR = 422, "CAP-402", "The check digit is wrong: read the number again."
    LOCKED = 423, "CAP-403", "Ask a supervisor to unlock the number, or capture at the counter."
    NOT_RETRIEVED = 403, "CAP-404", "Look the capture up with its pickup number first."
    NO_CAPTURE = 404, "CAP-405", "It may have been taken over or expired; look at today's list."
    NO_PART = 404, "CAP-406", "This capture has no such picture."
    FINISHED = 409, "CAP-407", "Look at today's list for what became of the capture."
    NOT_READY = (
        409,
        "CAP-408",
        "Decide on the photo, compare the fingerprints or take them again first.",
    )
    NO_SERVICE = 409, "CAP-409", "The service is not in the catalogue; call the technician."
    BAD_PICTURE = 409, "CAP-410", "The picture cannot be converted; capture at the counter."
    OTHER_BIRTHDAY = (
        409,
        "CAP-411",
        "Compare person and number; capture at the counter if in doubt.",
    )
    OTHER_AGE_BAND = (
        409,
        "CAP-412",
        "Check the birth date; if it is right, say what changes and confirm (age_band_corrected).",
    )
    RULE_STOPS = 409, "CAP-413", "Settle what the rule asks for, or do not take the capture over."
    FINGERS_TO_TAKE = 409, "CAP-414", "Take the prints at the counter and say so (reenrol) first."
    SIGNATURE_TO_TAKE = 409, "CAP-416", "Have it signed at the counter, or say why it cannot be."
    WITH_COLLEAGUE = 409, "CAP-417", "Ask the colleague; to take it anyway say so (take_over)."
    NOT_READABLE = (
        500,
        "CAP-415",
        "Tell the technician: the office key was replaced, or the disk changed the sealed copy.",
    )
    NO_DOCUMENT = 500, "CAS-502", "Tell the technician this code; the case itself is complete."
    NO_CASE = 404, "CAS-501", "Check the case number."

    @property
    def code(self) -> str:
        return self.value[1]

    def because(self, cause: str) -> Refused:
        status, code, advice = self.value
        return Refused(status, code, cause, advice)

    def error(self, cause: str) -> RefusedError:
        return RefusedError(self.because(cause))


def unwrap(result: T | Refused) -> T:
    """Return the result, or raise its refusal as RefusedError."""
    if isinstance(result, Refused):
        raise RefusedError(result)
    return result
