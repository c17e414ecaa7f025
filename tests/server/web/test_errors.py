"""Whatever goes wrong, the answer has code, cause and advice, and never what was sent."""

import dataclasses
import sqlite3

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from server.app import build_app
from server.db import Database
from server.tables import CaptureBlob, CaseDocument
from tests.office import FIELDS


def told(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), answer.text
    assert set(body) == {"code", "cause", "advice"}
    assert all(body.values())
    return body["cause"]


def test_an_unknown_address_and_a_wrong_method_say_so_in_words(client):
    assert told(client.get("/nothing"), 404, "SRV-201") == "there is nothing at this address"
    assert "does not take DELETE" in told(client.delete("/status"), 405, "SRV-204")


def test_a_long_key_that_nobody_knows_is_not_sent_back(clerk):
    cause = told(clerk.post("/lookup", **{"x" * 5000: 1}), 422, "SRV-202")
    assert len(cause) < 200


def test_a_body_that_is_no_json_is_refused(clerk):
    headers = {"X-CSRF": clerk.csrf, "Content-Type": "application/json"}
    answer = clerk.client.post("/desk/api/lookup", content=b'{"secret', headers=headers)
    assert "secret" not in told(answer, 422, "SRV-202")


def test_a_copy_that_the_disk_changed_is_said_to_be_unreadable(office, clerk, retrieved, caplog):
    office.db.run_now(lambda s: s.execute(update(CaptureBlob).values(envelope=b"AMT1 broken")))
    told(clerk.get(f"/captures/{retrieved.capture_id}"), 500, "CAP-415")
    assert "EnvelopeError" in caplog.text


def test_a_document_sealed_to_another_key_is_said_to_be_unreadable(office, clerk, retrieved):
    path = f"/captures/{retrieved.capture_id}"
    clerk.post(f"{path}/verify", fingers="verified")
    number = clerk.post(f"{path}/release", **FIELDS).json()["case_number"]
    office.db.run_now(lambda s: s.execute(update(CaseDocument).values(sealed=bytes(2000))))
    told(clerk.get(f"/cases/{number}/summary.pdf"), 500, "CAP-415")


def test_a_locked_database_is_told_and_nothing_is_changed(office, stored, clerk, trail):
    hurried = dataclasses.replace(office, db=Database(office.config.database, busy_seconds=0.05))
    browser = TestClient(build_app(hurried), cookies=clerk.client.cookies)
    before = trail()
    with sqlite3.connect(office.config.database, isolation_level=None) as other:
        other.execute("begin immediate")
        asked = stored.model_dump(include={"pickup_number", "birth_day", "birth_month"})
        answer = browser.post("/desk/api/lookup", json=asked, headers={"X-CSRF": clerk.csrf})
        other.execute("rollback")
    other.close()
    hurried.db.close()
    told(answer, 503, "SRV-501")
    assert trail() == before


@pytest.mark.parametrize("path", ["/", "/desk/login", "/status"])
def test_public_pages_need_nobody(client, path):
    assert client.get(path).status_code == 200
