"""terminal.toml: all faults at once, with file, key and what is expected."""

from pathlib import Path

import pytest

import assets
from kiosk import config
from kiosk.config import ConfigError

GOOD = """
terminal_id = "mitte-2"
place = "Bürgeramt Mitte"
name = "Terminal 2"
server_url = "http://127.0.0.1:8460/"
"""


@pytest.fixture
def write(tmp_path):
    def run(text: str) -> Path:
        file = tmp_path / "terminal.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return run


def test_four_lines_are_enough(write, tmp_path) -> None:
    found = config.load(write(GOOD))
    assert found.server_url == "http://127.0.0.1:8460"
    assert found.timeouts.warn == 40
    assert found.timeouts.forget == 60
    assert found.key_file == tmp_path / "terminal.key"
    assert found.automation.socket is None
    assert found.memory_dir.parts[:3] == ("/", "dev", "shm")


def test_three_faults_are_named_at_once(write) -> None:
    file = write(
        GOOD.replace("mitte-2", "Mitte 2") + '[timeouts]\nwarn = "long"\n[window]\nwide = 3\n'
    )
    with pytest.raises(ConfigError) as caught:
        config.load(file)
    lines = str(caught.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"{file}:{n}:" for n in (2, 7, 9)]
    assert [fault.key for fault in caught.value.faults] == [
        "terminal_id",
        "timeouts.warn",
        "window.wide",
    ]
    assert "expected a number of seconds" in lines[1]
    assert "not a known key" in lines[2]


def test_a_device_url_is_a_fault_like_any_other_and_all_are_named_at_once(write) -> None:
    file = write(
        GOOD.replace("http://127", "ftp://127")
        + '[devices]\ncamera = "rtsp://x"\nprinter = "escpos+tcp://h:99999"\n'
        + "[timeouts]\nwarn = 60\n"
    )
    faults = config.faults_of(file)
    assert [fault.split(": ")[:2] for fault in faults] == [
        [f"{file}:5", "server_url"],
        [f"{file}:7", "devices.camera"],
        [f"{file}:8", "devices.printer"],
        [f"{file}:9", "timeouts.forget"],
    ]
    assert "such as https://" in faults[0]
    assert "expected more than timeouts.warn" in faults[3]


def test_a_missing_key_is_named(write) -> None:
    with pytest.raises(ConfigError, match="place: is missing"):
        config.load(write(GOOD.replace('place = "Bürgeramt Mitte"\n', "")))


def test_captures_are_never_kept_longer_than_the_law_allows(write) -> None:
    with pytest.raises(ConfigError, match="capture_hours"):
        config.load(write(GOOD + "capture_hours = 97\n"))


def test_forgetting_comes_after_warning(write) -> None:
    with pytest.raises(ConfigError, match=r"timeouts\.forget"):
        config.load(write(GOOD + "[timeouts]\nwarn = 60\n"))


def test_a_file_that_is_not_there_or_no_toml_is_said(tmp_path, write) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "nothing.toml")
    with pytest.raises(ConfigError, match=r"toml:1: \(file\): is not TOML"):
        config.load(write("terminal_id = "))


def test_paths_start_at_the_files_folder_whatever_the_working_directory(write, tmp_path) -> None:
    found = config.load(write(GOOD + '[automation]\nsocket = "auto.sock"\n'))
    assert found.automation.socket == tmp_path / "auto.sock"
    assert found.outbox_file == tmp_path / "outbox.db"


def test_every_key_is_documented() -> None:
    text = (assets.ROOT.parent / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name, field in config.TerminalConfig.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None)
        words = [f"`[{name}] {key}`" for key in inner] if inner else [f"`{name}`"]
        assert [word for word in words if word not in text] == []


def test_two_instances_never_share_their_memory(write, tmp_path) -> None:
    first = config.load(write(GOOD))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "terminal.toml").write_text(GOOD, encoding="utf-8")
    second = config.load(tmp_path / "other" / "terminal.toml")
    assert first.memory_dir != second.memory_dir
