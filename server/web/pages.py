"""The pages people open in a browser: home, the desk, its login, and the demo's outbox of mail."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from server.access import Right, give_cookie, may, naming, sign_in, sign_out, signed_in_staff
from server.captures import case_fields, trail
from server.clock import from_text
from server.contract import eligibility
from server.contract.captures import AgeBand
from server.contract.catalogue import Catalogue, Service
from server.contract.desk import CaseFields, TrailEntry
from server.office import Office, office_of
from server.refusals import No, Refused
from server.staff import Staff, is_csrf
from server.web.templating import choose_language, language_of, render, texts_of
from server.web.trail_words import say_facts

LOGIN, DESK, MAILS, TRAIL = "/desk/login", "/desk", "/outbox-of-mail", "/desk/trail"
_SEE_OTHER = 303

router = APIRouter(include_in_schema=False)


async def visitor_of_desk(request: Request) -> Staff | None:
    """Return who is signed in, None if nobody: a page then leads to the login."""
    return await _visitor(request, Right.DESK)


async def visitor_of_mails(request: Request) -> Staff | None:
    """Return who is signed in, None if nobody."""
    return await _visitor(request, Right.MAIL_SINK)


async def visitor_of_trail(request: Request) -> Staff | None:
    """Return who is signed in, None if nobody."""
    return await _visitor(request, Right.TRAIL)


async def _visitor(request: Request, right: Right) -> Staff | None:
    staff = await signed_in_staff(request)
    if staff is not None and not may(staff, right):
        raise No.NO_RIGHT.error(f"the role {staff.role} has no right '{right}'")
    return staff


naming(visitor_of_desk, Right.DESK)
naming(visitor_of_mails, Right.MAIL_SINK)
naming(visitor_of_trail, Right.TRAIL)
Visitor = Annotated[Staff | None, Depends(visitor_of_desk)]
MailReader = Annotated[Staff | None, Depends(visitor_of_mails)]
TrailReader = Annotated[Staff | None, Depends(visitor_of_trail)]
To = Literal["desk", "mails", "trail"]
_PAGES: dict[To, str] = {"desk": DESK, "mails": MAILS, "trail": TRAIL}


@router.get("/")
async def home(request: Request) -> Response:
    """What the office offers, what is still to come, and the way to the desk; public."""
    office = office_of(request)
    return choose_language(request) or render(
        request,
        "home.html",
        services=office.catalogue.services,
        hours=office.config.hours,
        capture_hours=office.config.capture_hours,
        mail_sink=office.config.mail_sink_page,
    )


@router.get(LOGIN)
async def login_form(
    request: Request, visitor: Visitor, bye: bool = False, to: To = "desk"
) -> Response:
    """The login, a form that works without script; public."""
    if visitor is not None:
        return RedirectResponse(_PAGES[to], _SEE_OTHER)
    return choose_language(request) or _login_page(request, bye=bye, to=to)


@router.post(LOGIN)
async def login(
    request: Request,
    login: Annotated[str, Form(max_length=60)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    to: Annotated[To, Form()] = "desk",
) -> Response:
    """Sign in and go to the desk, or show the form again with what is wrong; public."""
    if not login or not password:
        return _login_page(request, 422, fault="empty", login=login, to=to)
    signed_in = await sign_in(request, login, password)
    if isinstance(signed_in, Refused):
        return _login_page(request, signed_in.status, fault=signed_in.code, login=login, to=to)
    answer = RedirectResponse(_PAGES[to], _SEE_OTHER)
    give_cookie(request, answer, signed_in)
    return answer


@router.post("/desk/logout")
async def logout(
    request: Request, visitor: Visitor, csrf: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """End the session; the form carries the token that scripts send as X-CSRF."""
    answer = RedirectResponse(f"{LOGIN}?bye=true", _SEE_OTHER)
    if visitor is not None:
        if not is_csrf(visitor, csrf):
            raise No.NO_CSRF.error("the form is not from this session")
        await sign_out(request, answer, visitor)
    return answer


@router.get(DESK)
async def desk(request: Request, visitor: Visitor) -> Response:
    """The clerk's one window."""
    if visitor is None:
        return RedirectResponse(LOGIN, _SEE_OTHER)
    office = office_of(request)
    return choose_language(request) or render(
        request,
        "desk.html",
        staff=visitor,
        start=_start_of_desk(office, visitor),
        reads_trail=may(visitor, Right.TRAIL),
        takes_calls=may(visitor, Right.CALLS),
        sees_captures=may(visitor, Right.CAPTURES),
    )


@router.get(MAILS)
async def outbox_of_mail(request: Request, reader: MailReader) -> Response:
    """What the demo would have mailed, for staff; only where the configuration says so."""
    office = office_of(request)
    if not office.config.mail_sink_page:
        raise No.NOT_FOUND.error("this office has no mail sink")
    if reader is None:
        return RedirectResponse(f"{LOGIN}?to=mails", _SEE_OTHER)
    mails = office.mails.list_mails()
    return choose_language(request) or render(request, "mails.html", mails=mails)


@router.get(TRAIL)
async def trail_page(request: Request, reader: TrailReader) -> Response:
    """The newest entries of the audit trail, for supervisors and technicians."""
    if reader is None:
        return RedirectResponse(f"{LOGIN}?to=trail", _SEE_OTHER)
    office, language = office_of(request), language_of(request)
    entries, whole = await office.db.read(trail.newest)

    def facts(entry: TrailEntry) -> list[str]:
        texts = texts_of(language)
        return say_facts(entry.event, entry.facts, texts, office.catalogue, language)

    return choose_language(request) or render(
        request, "trail.html", entries=entries, whole=whole, local=_local, facts=facts
    )


def _local(at: str) -> str:
    return from_text(at).astimezone().strftime("%d.%m.%Y %H:%M:%S")


def _login_page(request: Request, status: int = 200, **given: Any) -> HTMLResponse:
    empty = {"fault": None, "login": "", "bye": False}
    return render(request, "login.html", status, **(empty | given))


def _start_of_desk(office: Office, staff: Staff) -> dict[str, Any]:
    """What the desk's script has to know before its first question."""
    return {
        "staff": {"login": staff.login, "name": staff.name, "csrf": staff.csrf},
        "rights": [right for right in Right if may(staff, right)],
        "services": _words_of(office.catalogue),
        "case_fields": CaseFields.model_json_schema(),  # where the service is no longer known
    }


def _words_of(catalogue: Catalogue) -> dict[str, Any]:
    """Names of services, questions and answers in all languages, and how long fields may be."""
    return {service.id: _words_of_service(service) for service in catalogue.services}


def _words_of_service(service: Service) -> dict[str, Any]:
    fields = {
        field.id: {
            "label": field.label.model_dump(),
            "type": field.type.value,
            "unit": field.unit,
            "options": {option.value: option.label.model_dump() for option in field.options},
        }
        for field in service.fields
    }
    schema = case_fields.schema(service)
    signed_by = [band.value for band in AgeBand if eligibility.signs(service.rules, band)]
    return {
        "name": service.name.model_dump(),
        "fields": fields,
        "case_fields": schema,
        "fees": [{"code": row.code, "text": row.text.model_dump()} for row in service.fees],
        "signed_by": signed_by,  # age bands that sign
        "signature_pixels": service.signature_pixels,
    }
