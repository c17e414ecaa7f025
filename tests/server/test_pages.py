"""What the pages say and refuse, that they obey the content policy, and that no text is missing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import assets
from hardware.fingerprint.quality import RULES as FINGER_RULES
from hardware.photo.rules.limits import LIMITS
from server.gateways.mail import Mail
from server.office import Office
from server.web.templating import LANGUAGES, texts_of

PASSWORD = "correct horse"
WEB = assets.path("web")
TEMPLATES = Path(__file__).resolve().parents[2] / "server" / "web" / "templates"
SOURCES = {path.name: path.read_text("utf-8") for path in WEB.glob("desk/*.js")} | {
    path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.html")
}
# Ids that code puts together: "state." and a state, "problem." and a code and its part, ...
BUILT = re.compile(
    r"(actor|band|counter|criteria|criterion|ended|event|fact|field|finger_criterion|fingers|key|language|note|problem"
    r"|reject|review|role|sign|simulated|socket|state|step|unit|veto)\."
    r"|call\.(ended|link|refused)_|desk\.sign_out_|captures\.(empty|filter)_|home\.(door|step)_"
    r"|photo\.template_|release\.missing_"
)


def notes_of_the_photo_check() -> set[str]:
    """Return every remark that a rule may write beside its value."""
    from hardware.photo.rules import table

    rules = Path(table.__file__).parent.glob("*.py")
    source = "".join(path.read_text("utf-8") for path in rules)
    said = re.findall(r'Measure\([^()"]*"([^"]+)"\)', source)
    said += re.findall(r'^[A-Z_]+ = "([a-z][^"]+ [^"]+)"', source, re.MULTILINE)  # constants
    for parts in re.findall(r"worst_share\(\s*\{(.*?)\}", source, re.DOTALL):
        said += re.findall(r'"([^"]+)"', parts)
    return {*said, *(limit.note for limit in LIMITS)} - {"", "share of the limit"}


def enter(client: TestClient, login: str = "clerk", password: str = PASSWORD, to: str = "desk"):
    given = {"login": login, "password": password, "to": to}
    return client.post("/desk/login", data=given, follow_redirects=False)


class TestHome:
    def test_says_what_the_office_offers_and_what_is_still_to_come(self, client: TestClient):
        page = client.get("/").text
        assert "Bürgeramt Musterstadt" in page
        assert "Personalausweis" in page
        assert "kommen in einer späteren Version" in page
        assert "BSI-K-TR-0000-0000" in page

    def test_speaks_the_visitors_language_and_remembers_a_choice(self, client: TestClient):
        assert "Your citizen office" in client.get("/", headers={"Accept-Language": "en-GB"}).text
        assert "Ihr Bürgeramt" in client.get("/", headers={"Accept-Language": "fr,tr"}).text
        assert "Your citizen office" in client.get("/?lang=en").text
        assert "Your citizen office" in client.get("/").text

    def test_an_unknown_language_changes_nothing(self, client: TestClient):
        assert "Ihr Bürgeramt" in client.get("/?lang=xx").text


class TestLogin:
    def test_nobody_is_led_to_the_login(self, client: TestClient):
        answer = client.get("/desk", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login")

    def test_a_form_without_script_signs_in(self, client: TestClient):
        answer = enter(client)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "Clerk" in client.get("/desk").text
        assert client.get("/desk/login", follow_redirects=False).status_code == 303

    def test_a_wrong_password_is_told_with_code_and_keeps_the_name(self, client: TestClient):
        answer = enter(client, password="wrong")
        assert answer.status_code == 401
        assert "SRV-102" in answer.text
        assert 'value="clerk"' in answer.text
        assert "wrong" not in answer.text

    def test_an_empty_form_is_no_attempt(self, client: TestClient, trail: Callable[[], list[str]]):
        assert enter(client, "", "").status_code == 422
        assert "login_refused" not in trail()

    def test_too_many_attempts_are_told(self, client: TestClient):
        for _ in range(5):
            enter(client, password="wrong")
        assert "SRV-108" in enter(client).text

    def test_what_was_typed_is_never_markup(self, client: TestClient):
        assert "<script>x" not in enter(client, '"><script>x').text


class TestLogout:
    def test_ends_the_session_for_the_form_of_this_session_only(self, client: TestClient):
        enter(client)
        assert client.post("/desk/logout", data={"csrf": "other"}).status_code == 403
        csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/desk").text)
        assert csrf is not None
        assert "Sie sind abgemeldet" in client.post("/desk/logout", data={"csrf": csrf[1]}).text
        assert client.get("/desk", follow_redirects=False).status_code == 303

    def test_is_no_fault_when_nobody_is_signed_in(self, client: TestClient):
        assert client.post("/desk/logout", data={"csrf": ""}).status_code == 200


class TestDesk:
    def start(self, client: TestClient, login: str) -> dict[str, object]:
        enter(client, login)
        found = re.search(r'id="start">(.*?)</script>', client.get("/desk").text, re.DOTALL)
        assert found is not None
        start: dict[str, object] = json.loads(found[1])
        return start

    def test_tells_its_script_who_is_there_and_what_they_may(self, client: TestClient):
        start = self.start(client, "clerk")
        assert start["staff"]["login"] == "clerk"  # type: ignore[index]
        assert {"calls", "captures"} <= set(start["rights"])  # type: ignore[call-overload]

    def test_a_technician_gets_no_rights_over_captures(self, client: TestClient):
        assert "captures" not in self.start(client, "tech")["rights"]  # type: ignore[operator]

    def test_carries_the_catalogues_words_and_the_limits_of_a_case(self, client: TestClient):
        start = self.start(client, "clerk")
        assert start["services"]["id-card"]["name"]["de"] == "Personalausweis"  # type: ignore[index]
        limits = start["services"]["id-card"]["case_fields"]["properties"]  # type: ignore[index]
        assert limits["birth_name"]["maxLength"] == 75


class TestOutboxOfMail:
    def test_is_for_staff_and_shows_mails_as_text(self, client: TestClient, office: Office):
        at = office.clock()
        office.mails.send(Mail("one", "boss@localhost", "Alarm", "<b>locked</b>", at))
        assert client.get("/outbox-of-mail").url.path == "/desk/login"
        assert enter(client, to="mails").headers["location"] == "/outbox-of-mail"
        page = client.get("/outbox-of-mail").text
        assert "Alarm" in page
        assert "&lt;b&gt;locked" in page

    def test_says_so_when_there_is_none(self, client: TestClient):
        enter(client)
        assert "Noch keine Mails" in client.get("/outbox-of-mail").text


class TestPolicy:
    @pytest.mark.parametrize("path", ["/", "/desk/login", "/desk", "/outbox-of-mail"])
    def test_no_page_needs_inline_script_style_or_another_host(self, client: TestClient, path: str):
        enter(client)
        page = client.get(path).text
        assert "unsafe" not in client.get(path).headers["content-security-policy"]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert 'src="/static/' in attributes or "application/json" in attributes

    @pytest.mark.parametrize("path", ["/", "/desk"])
    def test_every_file_a_page_names_is_there(self, client: TestClient, path: str):
        enter(client)
        for address in re.findall(r'(?:src|href)="(/static/[^"#]+)', client.get(path).text):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache"), (
                address
            )

    def test_scripts_use_no_web_storage_no_eval_and_no_raw_markup(self):
        for name, source in SOURCES.items():
            banned = r"localStorage|\beval\(|new Function|innerHTML|document\.write"
            assert not re.search(banned, source), name
            assert "sessionStorage" not in source, name

    def test_third_party_files_travel_with_their_licences(self):
        for package, licence in (("kern", "LICENSE.md"), ("fira-sans", "LICENSE")):
            assert (WEB / "vendor" / package / licence).stat().st_size > 1000
        assert "ISC" in (WEB / "vendor" / "lucide" / "LICENSE").read_text("utf-8")


class TestTexts:
    def test_both_languages_have_the_same_texts_with_the_same_gaps(self):
        german, english = (texts_of(language) for language in LANGUAGES)
        assert german.keys() == english.keys()
        gaps = re.compile(r"\{\w+\}")
        for key, text in german.items():
            assert set(gaps.findall(text)) == set(gaps.findall(english[key])), key
            assert text.strip(), key

    def test_every_text_that_is_asked_for_exists(self):
        asked = re.compile(r"""(?:\bt|\btx|\bhead)\(["']([\w.-]+\.[\w.-]+)["']""")
        for name, source in SOURCES.items():
            for key in asked.findall(source):
                assert key in texts_of("de") or key.endswith((".", "_")), f"{name}: {key}"

    def test_no_text_is_left_over(self):
        quoted = re.compile(r"""["']([\w.-]+)["']""")
        used = {key for source in SOURCES.values() for key in quoted.findall(source)}
        assert {key for key in texts_of("de") if not BUILT.match(key)} - used == set()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_the_checks_note_and_measure_in_is_said_in_the_clerks_language(
        self, language: str
    ):
        words = texts_of(language)
        for note in notes_of_the_photo_check():
            assert f"note.{note}" in words, note
        units = {limit.unit for limit in LIMITS} | {rule.unit for rule in FINGER_RULES}
        assert {unit for unit in units if f"unit.{unit}" not in words} == {
            "",
            "°",
            "px",
            "mm²",
            "L*",
        }

    def test_icons_that_are_drawn_exist(self):
        drawn = (WEB / "vendor" / "lucide" / "icons.svg").read_text("utf-8")
        for name, source in SOURCES.items():
            for icon in re.findall(r"""\bicon\("([a-z0-9-]+)["]""", source):
                assert f'id="{icon}"' in drawn, f"{name}: {icon}"
