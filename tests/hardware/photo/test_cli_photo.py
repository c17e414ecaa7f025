"""The technician's photo command prints one report per file, in order, and never crashes."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from hardware import cli_photo
from tests.hardware.photo.conftest import STILLS


def command(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    cli_photo.add_parser(parser.add_subparsers())
    args = parser.parse_args(["photo", *arguments])
    status: int = args.run(args)
    return status


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return reports


def test_reports_come_as_a_json_array_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    files = [str(STILLS / "grey_D3.jpg"), str(text), str(STILLS / "ok_D1.jpg")]
    assert command("--json", *files) == 1
    grey, broken, good = printed(capsys)
    assert [r["file"] for r in (grey, broken, good)] == files
    assert (grey["accepted"], "7.5_colour_space" in grey["reasons"]) == (False, True)
    assert (broken["accepted"], broken["error"]) == (False, "PHO-001")
    assert broken["error_cause"] == "is no picture in a known format"
    assert broken["error_advice"].startswith("Name a picture file")
    assert good["accepted"]
    assert "error" not in good
    assert good["elapsed_ms"] > 0
    assert set(good["criteria"][0]) >= {
        *("id", "code", "name", "value", "unit", "min", "max", "mandatory", "verdict", "note")
    }


def test_a_folder_stands_for_its_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b.jpg", "a.jpg", "notes.txt"):
        (tmp_path / name).write_bytes((STILLS / "crop_old_size_D1.jpg").read_bytes())
    assert command("--json", str(tmp_path)) == 0
    assert [Path(r["file"]).name for r in printed(capsys)] == ["a.jpg", "b.jpg"]


def test_a_folder_without_pictures_is_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--json", str(tmp_path)) == 1
    (report,) = printed(capsys)
    assert (report["error"], report["error_cause"]) == ("PHO-001", "is a folder without pictures")


def test_people_read_cause_and_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(str(tmp_path / "gone.jpg")) == 1
    assert "PHO-001 cannot be read: no such file or directory. Name a" in capsys.readouterr().out


def test_people_get_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(str(STILLS / "roll_D1_-11.jpg")) == 0
    shown = capsys.readouterr().out
    assert "not accepted" in shown
    assert "1.3_roll" in shown
    assert "NOT OK" in shown
