"""What a technician sees of the devices: every state with its code and its advice."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hardware.__main__ import main
from hardware.camera.driver import open_camera
from hardware.fingerprint.zfm import ZfmScanner
from hardware.inventory import CONFIG_VARIABLE
from hardware.sim.control import tell
from hardware.sim.fingerprint import FingerprintSim
from hardware.sim.printer import PrinterSim
from tests.hardware.conftest import FINGERS


@pytest.fixture
def config(tmp_path: Path, module: FingerprintSim, paper_printer: PrinterSim) -> str:
    """A terminal with simulated devices; the camera plays pictures from a folder."""
    film = tmp_path / "film"
    film.mkdir()
    for number in range(6):
        file = FINGERS / "sensor" / "whorl_good_1.png"
        (film / f"{number:03d}.png").write_bytes(file.read_bytes())
    path = tmp_path / "terminal.toml"
    path.write_text(
        'terminal_id = "t"\nplace = "P"\nname = "N"\nserver_url = "http://s"\n'
        'simulated = ["camera", "fingerprint", "printer"]\n[devices]\n'
        f'camera = "file://{film}?fps=50"\n'
        f'fingerprint = "zfm://{tmp_path}/finger?baud=115200"\n'
        f'printer = "escpos+tcp://127.0.0.1:{paper_printer.port}"\n'
    )
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main([*arguments, "--json"])
    found = json.loads(capsys.readouterr().out)
    return status, {each["kind"]: each for each in found if each["configured"]}


def test_ready_devices_pass_the_check_with_what_was_measured(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = asked(capsys, "check", "--config", config)
    assert status == 0
    assert {kind: each["state"] for kind, each in found.items()} == {
        "camera": "ready", "fingerprint": "ready", "printer": "ready",
    }  # fmt: skip
    assert found["camera"]["measured"]["size"] == "256 x 288"
    assert float(found["camera"]["measured"]["fps"]) > 0
    assert found["fingerprint"]["measured"]["baud"] == "115200"
    assert found["printer"]["measured"]["paper"] == "enough"
    assert all(each["error"] is None and each["simulated"] for each in found.values())


def test_a_device_the_terminal_holds_is_busy(
    config: str, scanner: ZfmScanner, capsys: pytest.CaptureFixture[str]
) -> None:
    scanner.check()
    status, found = asked(capsys, "check", "--config", config)
    assert status == 1
    assert found["fingerprint"]["state"] == "busy"
    assert found["fingerprint"]["error"]["code"] == "DEV-005"
    assert "Stop the other program" in found["fingerprint"]["error"]["advice"]


def test_each_fault_has_its_code(
    config: str,
    module: FingerprintSim,
    paper_printer: PrinterSim,
    capsys: pytest.CaptureFixture[str],
) -> None:
    module.port.unplug()
    paper_printer.fault("paper")
    status, found = asked(capsys, "check", "--config", config)
    assert status == 1
    assert (found["fingerprint"]["state"], found["fingerprint"]["error"]["code"]) == (
        "absent", "DEV-001",
    )  # fmt: skip
    assert (found["printer"]["state"], found["printer"]["error"]["code"]) == ("failed", "DEV-008")


def test_a_listing_shows_faults_but_does_not_fail(
    config: str, paper_printer: PrinterSim, capsys: pytest.CaptureFixture[str]
) -> None:
    paper_printer.fault("cover")
    assert main(["list", "--config", config]) == 0
    out = capsys.readouterr().out
    assert "failed (simulated)" in out
    assert "DEV-009" in out
    assert "Close the cover" in out
    assert "This machine offers:" in out


def test_the_check_reads_well(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", config]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["device", "driver", "port", "state", "error"]
    assert lines[1].startswith("camera")
    assert any(line.startswith("fingerprint: baud 115200") for line in lines)


def test_a_url_without_a_driver_is_a_fault_of_that_device_alone(
    tmp_path: Path, paper_printer: PrinterSim, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text(
        '[devices]\nfingerprint = "magic://x:secret@10.0.0.1/y"\n'
        f'printer = "escpos+tcp://127.0.0.1:{paper_printer.port}"\n'
    )
    status, found = asked(capsys, "check", "--config", str(path))
    assert status == 1
    assert found["fingerprint"]["error"]["code"] == "DEV-006"
    assert found["fingerprint"]["port"] == "10.0.0.1/y"
    assert found["printer"]["state"] == "ready"


def test_without_a_configuration_the_check_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "none.toml"))
    assert main(["check"]) == 1
    err = capsys.readouterr().err
    assert "no configuration at" in err
    assert "--config" in err
    assert "DEV-006" in err


def test_without_a_configuration_the_list_shows_what_the_machine_offers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "none.toml"))
    assert main(["list"]) == 0
    shown = capsys.readouterr()
    assert "no configuration at" in shown.err
    assert "This machine offers:" in shown.out
    assert main(["list", "--config", str(tmp_path / "none.toml")]) == 1


def test_a_terminal_without_devices_is_not_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "terminal.toml").write_text("[devices]\n")
    assert main(["check", "--config", str(tmp_path / "terminal.toml")]) == 1
    assert "No device is configured" in capsys.readouterr().out


def test_a_played_film_that_another_program_steers_is_busy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    control = tmp_path / "camera.sock"
    path = tmp_path / "terminal.toml"
    path.write_text(f'[devices]\ncamera = "file://{FINGERS}/sensor?control={control}"\n')
    with closing(open_camera(f"file://{FINGERS}/sensor?control={control}")) as terminal:
        assert terminal.wait(0, 10.0) is not None
        status, found = asked(capsys, "check", "--config", str(path))
        assert (status, found["camera"]["state"]) == (1, "busy")
        assert found["camera"]["error"]["code"] == "DEV-005"
        assert tell(control, "hold") == "ok", "the film's own player is left alone"


def test_one_report_names_every_fault_and_other_devices_are_checked_all_the_same(
    tmp_path: Path, paper_printer: PrinterSim, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text(
        'terminal_id = "T 1"\nplace = "P"\nname = "N"\nserver_url = "http://s"\n[devices]\n'
        f'fingerprint = "zfm:///x?baud=7"\nprinter = "escpos+tcp://127.0.0.1:{paper_printer.port}"\n'
        'scaner = "x"\n'
    )
    assert main(["check", "--json", "--config", str(path)]) == 1
    shown = capsys.readouterr()
    states = {each["kind"]: each["state"] for each in json.loads(shown.out)}
    assert states == {"fingerprint": "failed", "printer": "ready"}
    said = [line.split(": ")[:2] for line in shown.err.splitlines()[1:]]
    assert said == [
        [f"{path}:1", "terminal_id"],
        [f"{path}:6", "devices.fingerprint"],
        [f"{path}:8", "devices.scaner"],
    ]


def test_what_is_printed_as_json_is_json_even_without_a_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--json", "--config", str(tmp_path)]) == 1
    assert json.loads(capsys.readouterr().out) == []
