"""Tokens for signatures, the catalogue by version, the office key."""

from server.contract.catalogue import Catalogue

NONCE = "n" * 20


def ask(client, terminal, **changes):
    return client.post("/api/terminals/token", json=terminal.token_request(NONCE, **changes))


def refused(answer, cause):
    assert (answer.status_code, answer.json()["code"]) == (401, "SRV-104")
    assert cause in answer.json()["cause"]


def test_a_signature_buys_a_token_for_ten_minutes(client, terminal, clock):
    answer = ask(client, terminal).json()
    assert answer["expires_in"] == 600
    bearer = {"Authorization": f"Bearer {answer['token']}"}
    assert client.get("/api/terminals/office-key", headers=bearer).content == (
        terminal.office_key.raw
    )
    clock.forward(minutes=10, seconds=1)
    late = client.get("/api/terminals/office-key", headers=bearer)
    assert (late.status_code, late.json()["code"]) == (401, "SRV-103")


def test_a_nonce_buys_one_token_only(client, terminal, trail):
    assert ask(client, terminal).status_code == 200
    refused(ask(client, terminal), "nonce")
    assert trail()[-1] == "terminal_refused"


def test_an_old_nonce_cannot_come_back_after_its_token_is_forgotten(
    client, terminal, clock, office
):
    from server import terminals

    asked = terminal.token_request(NONCE)
    client.post("/api/terminals/token", json=asked)
    clock.forward(minutes=11)
    office.db.run_now(lambda s: terminals.forget_old_tokens(s, clock()))
    refused(client.post("/api/terminals/token", json=asked), "clock")


def test_a_clock_more_than_a_minute_off_is_named(client, terminal, clock):
    asked = terminal.token_request(NONCE)
    clock.forward(seconds=61)
    refused(client.post("/api/terminals/token", json=asked), "clock")


def test_another_signature_is_refused(client, terminal, enrol):
    other = enrol("foyer-2").token_request(NONCE)
    refused(ask(client, terminal, signature=other["signature"]), "signature")


def test_a_stranger_is_refused_without_naming_what_exists(client, terminal, trail, office):
    from server import audit

    refused(ask(client, terminal, terminal_id="foyer-9"), "not enrolled")
    last = office.db.read_now(audit.entries)[-1]
    assert "foyer-9" not in last.subject


def test_enrolling_again_takes_the_old_tokens_away(client, terminal, enrol):
    bearer = terminal.authorize(client)
    enrol("foyer-1")
    assert client.get("/api/terminals/office-key", headers=bearer).status_code == 401


def test_the_catalogue_comes_once_per_version(client, terminal):
    bearer = terminal.authorize(client)
    first = client.get("/api/terminals/catalogue", headers=bearer)
    catalogue = Catalogue.model_validate_json(first.content)
    assert {service.id for service in catalogue.services} >= {"id-card", "passport"}
    again = client.get(
        "/api/terminals/catalogue", headers=bearer | {"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_server_knows_when_a_terminal_was_last_seen(client, terminal):
    assert client.get("/status").json()["terminals"][0]["last_seen"] is None
    client.get("/api/terminals/office-key", headers=terminal.authorize(client))
    assert client.get("/status").json()["terminals"][0]["last_seen"] == "2026-11-24T09:00:00Z"


def test_a_terminals_token_opens_no_desk_and_a_cookie_no_terminal(client, terminal, clerk):
    bearer = terminal.authorize(client)
    assert client.get("/desk/api/captures", headers=bearer).status_code == 401
    assert clerk.client.get("/api/terminals/office-key").status_code == 401
