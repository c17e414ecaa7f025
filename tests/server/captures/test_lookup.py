"""Lookup by pickup number and birthday; guessing is counted, locked and told."""

import pytest

from server.gateways.mail import unsent


def other_day(record):
    return {"birth_day": record.birth_day + 1}


def test_the_right_number_and_birthday_retrieve_the_capture(clerk, stored, trail):
    answer = clerk.look_up(stored)
    assert answer.status_code == 200
    assert answer.json()["summary"]["state"] == "retrieved"
    assert answer.json()["record"]["pickup_number"] == stored.pickup_number
    assert trail()[-1] == "capture_retrieved"


def test_nobody_looks_up_without_being_signed_in(client, stored):
    asked = {"pickup_number": stored.pickup_number, "birth_day": 12, "birth_month": 8}
    assert client.post("/desk/api/lookup", json=asked).status_code == 401


def test_a_technician_may_not_look_up(sign_in, stored):
    answer = sign_in("tech").look_up(stored)
    assert (answer.status_code, answer.json()["code"]) == (403, "SRV-105")


def test_a_wrong_birthday_and_an_unknown_number_look_the_same(clerk, stored, terminal):
    unknown = terminal.record()
    wrong = clerk.look_up(stored, **other_day(stored))
    none = clerk.look_up(unknown)
    assert (wrong.status_code, wrong.json()) == (404, none.json())


def test_a_typing_error_counts_as_no_miss(clerk, stored, office):
    for _ in range(6):
        answer = clerk.look_up(stored, pickup_number="123456789")
        assert answer.json()["code"] == "CAP-402"
    assert clerk.look_up(stored).status_code == 200


def test_five_misses_lock_the_number_and_tell_the_supervisor(clerk, stored, office, trail):
    for left in (4, 3, 2, 1):
        assert f"tries left: {left}" in clerk.look_up(stored, **other_day(stored)).json()["cause"]
    locking = clerk.look_up(stored, **other_day(stored)).json()
    assert (locking["code"], "locked now" in locking["cause"]) == ("CAP-403", True)
    assert clerk.look_up(stored).json()["code"] == "CAP-403"
    assert "pickup_locked" in trail()
    (mail,) = office.db.read_now(unsent)
    assert mail.to == "supervisor@localhost"
    assert stored.pickup_number not in mail.text + mail.subject
    for word in ("gesperrt", "locked", stored.capture_id, "Was zu tun ist", "What to do"):
        assert word in mail.text


def test_the_lock_holds_for_every_clerk_and_a_supervisor_opens_it(clerk, sign_in, stored, trail):
    for _ in range(5):
        clerk.look_up(stored, **other_day(stored))
    assert sign_in("colleague").look_up(stored).status_code == 423
    assert clerk.post("/lookup/unlock", pickup_number=stored.pickup_number).status_code == 403
    boss = sign_in("boss")
    assert boss.post("/lookup/unlock", pickup_number=stored.pickup_number).status_code == 204
    assert clerk.look_up(stored).status_code == 200
    assert "pickup_unlocked" in trail()


def test_a_hit_forgets_the_misses_before_it(clerk, stored):
    for _ in range(4):
        clerk.look_up(stored, **other_day(stored))
    assert clerk.look_up(stored).status_code == 200
    for _ in range(4):
        assert clerk.look_up(stored, **other_day(stored)).status_code == 404
    assert clerk.look_up(stored).status_code == 200


def test_trying_many_numbers_is_noticed_and_stopped(clerk, terminal, stored, trail, clock):
    for _ in range(15):
        clerk.look_up(terminal.record())
    assert clerk.look_up(stored).status_code == 429
    assert trail().count("lookup_scanning") == 1
    clock.forward(minutes=16)
    assert clerk.look_up(stored).status_code == 200


def test_a_capture_past_its_time_is_not_found(clerk, stored, clock):
    clock.forward(hours=96)
    fresh = clerk.client.post(
        "/desk/api/login", json={"login": "clerk", "password": "correct horse"}
    )
    clerk.csrf = fresh.json()["csrf"]
    assert clerk.look_up(stored).status_code == 404


def test_the_trail_never_holds_the_pickup_number(clerk, stored, office):
    from server import audit

    clerk.look_up(stored, **other_day(stored))
    clerk.look_up(stored)
    rows = office.db.read_now(audit.entries)
    said = [f"{row.actor} {row.subject} {row.facts}" for row in rows]
    assert not [line for line in said if stored.pickup_number in line]


@pytest.mark.parametrize("number", ["12345678", "1234567890", "12345678a", ""])
def test_something_that_is_no_number_is_not_understood(clerk, stored, number):
    assert clerk.look_up(stored, pickup_number=number).json()["code"] == "SRV-202"


def test_the_trail_says_whether_number_or_birthday_was_wrong(clerk, stored, terminal, office):
    from server import audit

    clerk.look_up(stored, **other_day(stored))
    clerk.look_up(terminal.record())
    missed = [row.facts for row in office.db.read_now(audit.entries) if "attempts" in row.facts]
    assert [facts["reason"] for facts in missed] == ["birthday", "no_number"]
