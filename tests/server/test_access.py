"""Every route names its right; cookies, CSRF and idle sessions."""

import dataclasses
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount, Route

from server import staff
from server.access import RIGHTS, Right, right_named_by
from server.app import build_app, build_office
from server.staff import Role

PUBLIC = {
    "/",
    "/status",
    "/desk/login",
    "/desk/api/login",
    "/api/terminals/token",
    "/api/openapi.json",
    "/static",
}


def routes_of(app):
    """All routes, also those of included routers, however deep the framework keeps them."""
    waiting, found = list(app.routes), []
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "original_router", None)
        if inner is not None:
            waiting += inner.routes
        else:
            found.append(route)
    return found


def rights_of(dependant):
    named = {right_named_by(dependant.call)} - {None}
    return named.union(*(rights_of(inner) for inner in dependant.dependencies))


def test_every_route_names_its_right_or_is_known_to_be_public(office):
    routes = routes_of(build_app(office))
    assert len(routes) > 20
    for route in routes:
        if isinstance(route, APIRoute | APIWebSocketRoute):
            assert rights_of(route.dependant) or route.path in PUBLIC, route.path
        else:
            assert isinstance(route, Route | Mount)
            assert route.path in PUBLIC, route.path


def test_no_role_is_a_terminal_and_only_clerks_see_captures():
    assert all(Right.TERMINAL not in rights for rights in RIGHTS.values())
    assert Right.CAPTURES not in RIGHTS[Role.TECHNICIAN]
    assert Right.UNLOCK not in RIGHTS[Role.CLERK]


def login(client, name="clerk", password="correct horse"):
    return client.post("/desk/api/login", json={"login": name, "password": password})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = login(client).headers["set-cookie"]
    assert cookie.startswith("amtsnah=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie


def test_with_https_the_cookie_is_bound_to_the_host(config, clock, office):
    safe = dataclasses.replace(office, config=dataclasses.replace(config, https=True))
    answer = login(TestClient(build_app(safe), base_url="https://testserver"))
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-amtsnah=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "max-age=" in answer.headers["strict-transport-security"]


def test_the_database_never_holds_the_token(client, office):
    from server.tables import StaffSession

    token = login(client).cookies["amtsnah"]
    row = office.db.read_now(lambda s: s.query(StaffSession).one())
    assert token not in (row.token_sha256, row.csrf)


def test_a_change_without_the_csrf_header_is_refused(clerk):
    answer = clerk.client.post("/desk/api/logout")
    assert (answer.status_code, answer.json()["code"]) == (403, "SRV-106")


def test_signing_out_ends_the_session(clerk, trail):
    assert clerk.post("/logout").status_code == 204
    assert clerk.get("/me").status_code == 401
    assert trail()[-1] == "staff_signed_out"


def test_an_idle_session_is_over_and_a_used_one_is_not(clerk, clock):
    for _ in range(3):
        clock.forward(minutes=29)
        assert clerk.get("/me").status_code == 200
    clock.forward(minutes=31)
    assert clerk.get("/me").status_code == 401


def test_a_session_is_refreshed_long_before_it_idles_out(clerk, office, clock):
    token, idle = clerk.client.cookies["amtsnah"], timedelta(minutes=1)
    clock.forward(seconds=16)  # a running call asks every three seconds
    seen = office.db.read_now(lambda s: staff.whose(s, clock(), token, idle))
    assert seen.stale


@pytest.mark.parametrize("name", ["clerk", "nobody"])
def test_a_wrong_login_says_the_same_for_known_and_unknown(client, name):
    answer = login(client, name, "wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "SRV-102")


def test_five_failed_logins_stop_the_right_password_too(client, clock, trail):
    for _ in range(5):
        assert login(client, password="wrong").status_code == 401
    assert login(client).json()["code"] == "SRV-108"
    assert login(client, "colleague").status_code == 200
    assert "login_locked" in trail()
    clock.forward(minutes=16)
    assert login(client).status_code == 200


def test_tries_at_the_same_time_are_no_more_than_five(office, clock):
    def wrong(session):
        return staff.refuse_login(session, clock(), "clerk", "192.0.2.1")

    def right(session):
        secrets = staff.SessionSecrets("token", "csrf")
        return staff.open_session(session, clock(), "clerk", secrets)

    answers = [office.db.run_now(wrong).code for _ in range(6)]
    assert answers == ["SRV-102"] * 5 + ["SRV-108"]
    assert office.db.run_now(right).code == "SRV-108"  # as a wrong one: the answer tells nothing


def test_what_others_got_wrong_behind_one_address_keeps_no_account_out(client):
    for number in range(31):
        login(client, f"nobody{number}", "wrong")
    assert login(client, "nobody99", "wrong").json()["code"] == "SRV-108"
    assert login(client, "colleague", "wrong").json()["code"] == "SRV-108"
    assert login(client, "colleague").status_code == 200


def test_the_trail_never_holds_a_mistyped_login(client, office):
    from server import audit

    login(client, "my secret password")
    assert "secret" not in office.db.read_now(audit.entries)[-1].subject


def test_argon2_is_used_as_its_library_recommends(config, clock):
    office = build_office(config, clock)
    assert office.passwords.hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    office.db.close()
