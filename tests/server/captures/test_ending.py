"""However a capture ends, its sealed copy goes and its terminal learns it."""

from server.captures.ending import expire_due
from server.tables import CaptureBlob
from tests.office import FIELDS


def test_a_rejected_capture_is_gone(on, office, retrieved, trail):
    assert on("reject", reason="withdrawn").status_code == 200
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is None
    assert on("release", **FIELDS).json()["code"] == "CAP-407"
    assert trail()[-2:] == ["capture_rejected", "server_copy_deleted"]


def test_the_terminal_learns_the_end_and_reports_its_own_deletion(
    client, terminal, on, retrieved, trail
):
    bearer = terminal.authorize(client)
    unknown = "f" * 32
    asked = f"/api/terminals/captures?ids={retrieved.capture_id},{unknown}"
    open_, gone = client.get(asked, headers=bearer).json()["captures"]
    assert (open_["state"], open_["finished"]) == ("retrieved", False)
    assert (gone["state"], gone["finished"]) == ("expired", True)
    on("verify", fingers="verified")
    on("release", **FIELDS)
    done, _ = client.get(asked, headers=bearer).json()["captures"]
    assert (done["state"], done["finished"]) == ("released", True)
    report = f"/api/terminals/captures/{retrieved.capture_id}/deleted"
    for _ in range(2):
        assert client.post(report, headers=bearer).status_code == 204
    assert trail().count("terminal_copy_deleted") == 1


def test_the_watchdog_deletes_what_is_over_its_time(office, retrieved, clock, trail):
    clock.forward(hours=95, minutes=59)
    assert office.db.run_now(lambda s: expire_due(s, clock())) == 0
    clock.forward(minutes=1)
    assert office.db.run_now(lambda s: expire_due(s, clock())) == 1
    assert office.db.read_now(lambda s: s.get(CaptureBlob, retrieved.capture_id)) is None
    assert trail()[-2:] == ["capture_expired", "server_copy_deleted"]
