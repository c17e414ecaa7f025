"""What surrounds every handler."""

import logging

import pytest
from fastapi.testclient import TestClient

from server.app import build_app
from server.web.middleware import HEADERS


@pytest.mark.parametrize("path", ["/status", "/desk/api/me", "/nothing", "/api/openapi.json"])
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"


def test_errors_are_refusals_with_code_cause_and_advice(client):
    for answer in (client.get("/nothing"), client.delete("/status"), client.get("/desk/api/me")):
        assert set(answer.json()) == {"code", "cause", "advice"}
        assert all(answer.json().values())


def test_a_bug_is_a_refusal_too_and_its_trace_is_logged(office, caplog):
    app = build_app(office)

    @app.get("/bug")
    async def bug() -> None:
        raise ZeroDivisionError

    answer = TestClient(app).get("/bug")
    assert (answer.status_code, answer.json()["code"]) == (500, "SRV-500")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "ZeroDivisionError" in caplog.text


def test_a_page_of_another_site_changes_nothing(client):
    answer = client.post(
        "/desk/api/login",
        json={"login": "clerk", "password": "correct horse"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "SRV-107")


def test_a_large_body_is_refused_everywhere_but_for_envelopes(client):
    answer = client.post("/desk/api/login", content=b"x" * 70_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "SRV-203")


def test_a_large_body_without_length_is_cut_off(client):
    answer = client.post("/desk/api/login", content=(b"x" * 10_000 for _ in range(9)))
    assert (answer.status_code, answer.json()["code"]) == (413, "SRV-203")


def test_the_access_log_has_no_query_and_no_body(client, caplog):
    caplog.set_level(logging.INFO, "amtsnah.access")
    client.get("/status?token=secret")
    assert "GET /status 200" in caplog.text
    assert "secret" not in caplog.text
