"""`python -m hardware fingerprint`: a report for every file, in order, whatever the file is."""

import json
from pathlib import Path
from typing import Any

import pytest

from hardware.__main__ import main
from tests.hardware.conftest import EXPECTED, FINGERS


def reports(capsys: pytest.CaptureFixture[str], *files: Path) -> list[dict[str, Any]]:
    main(["fingerprint", *map(str, files), "--json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_reports_come_in_the_order_of_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = [FINGERS / row["file"] for row in EXPECTED]
    found = reports(capsys, *files)
    assert [each["file"] for each in found] == [str(file) for file in files]
    assert [each["accepted"] for each in found] == [row["verdict"] == "accept" for row in EXPECTED]


def test_a_report_has_what_a_program_needs(capsys: pytest.CaptureFixture[str]) -> None:
    (report,) = reports(capsys, FINGERS / "whorl_tip.png")
    assert report["reasons"] == ["area_too_small"]
    assert report["quality_name"] == "ridge clarity"
    assert 0 <= report["quality"] <= 100
    assert report["elapsed_ms"] > 0
    assert "error" not in report
    assert {"id", "name", "value", "unit", "min", "max", "mandatory", "verdict"} <= set(
        report["criteria"][0]
    )


def test_a_file_that_cannot_be_read_is_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.png").write_text("no picture")
    found = reports(capsys, tmp_path / "text.png", tmp_path / "gone.png", FINGERS / "arch_tip.png")
    assert [each.get("error") for each in found] == ["FPR-001", "FPR-001", None]
    assert [each["accepted"] for each in found] == [False, False, False]
    assert [each.get("error_cause") for each in found] == [
        "is no picture in a known format", "cannot be read: no such file or directory", None,
    ]  # fmt: skip
    assert all(each["error_advice"].endswith(".") for each in found[:2])


def test_for_people_there_is_one_line_for_each_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, none = FINGERS / "arch_good.png", FINGERS / "arch_dry.png", tmp_path / "gone.png"
    assert main(["fingerprint", str(good)]) == 0
    assert main(["fingerprint", str(bad), str(none)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("accepted")
    assert "rejected: dry" in lines[1]
    assert "FPR-001" in lines[2]
