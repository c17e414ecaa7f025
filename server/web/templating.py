"""Turns templates into pages in the visitor's language, with the texts that scripts read too."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

import assets
from server.office import office_of

LANGUAGES = ("de", "en")
LANGUAGE_COOKIE = "amtsnah-language"
_YEAR = 365 * 24 * 3600

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.policies["json.dumps_kwargs"] = {"sort_keys": False}  # a service's order is its form's


@cache
def texts_of(language: str) -> dict[str, str]:
    """Return all texts of the web pages in one language."""
    words: dict[str, str] = json.loads(
        assets.path("web", "i18n", f"{language}.json").read_text("utf-8")
    )
    return words


def language_of(request: Request) -> str:
    """Return the language chosen before, else the browser's first that we speak, else German."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("accept-language", "").lower().split(","):
        if (wanted := part.strip()[:2]) in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def choose_language(request: Request) -> RedirectResponse | None:
    """Remember the language a link asked for (`?lang=en`) and lead back to the plain address."""
    asked = request.query_params.get("lang")
    if asked not in LANGUAGES:
        return None
    answer = RedirectResponse(request.url.path, 303)
    answer.set_cookie(LANGUAGE_COOKIE, asked, max_age=_YEAR, samesite="lax", path="/")
    return answer


def render(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """Return a page; `t(id)` in the template is a text, a missing one is a bug (KeyError)."""
    language = language_of(request)
    texts = texts_of(language)

    def text(id: str, **values: object) -> str:
        return texts[id].format(**values) if values else texts[id]

    body = _environment.get_template(template).render(
        given,
        t=text,
        language=language,
        other_language=next(one for one in LANGUAGES if one != language),
        office_name=office_of(request).config.office_name,
    )
    return HTMLResponse(body, status)
