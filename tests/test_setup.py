"""The set-up says the exact line and stops where it may not help itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "dirname", "cat", "cut", "sha256sum", "readlink", "grep", "mktemp", "rm", "env")
LINE = "    sudo apt-get update && sudo apt-get install -y --no-install-recommends"


class Machine:
    """A checkout on a machine with nothing but the plainest tools, and a user without rights."""

    def __init__(self, folder: Path, system: str) -> None:
        self.checkout, self.bin = folder / "my checkout", folder / "bin"
        (self.checkout / "scripts").mkdir(parents=True)
        (self.checkout / "requirements").mkdir()
        shutil.copy(ROOT / "scripts" / "setup.sh", self.checkout / "scripts")
        (self.checkout / "requirements" / "dev.lock").write_text("nothing==1\n")
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "")
        (folder / "os-release").write_text(f"ID={system}\n")
        self.env = {"PATH": str(self.bin), "OS_RELEASE": str(folder / "os-release")}
        self.program("id", "echo 1000")
        self.program("sudo", "exit 1")
        self.installed("")

    def program(self, name: str, script: str) -> None:
        file = self.bin / name
        file.unlink(missing_ok=True)  # it may be a link to the machine's own program
        file.write_text(f"#!{shutil.which('sh')}\n{script}\n")
        file.chmod(0o755)

    def installed(self, missing: str) -> None:
        """Let every package be installed but those named."""
        answer = f'for p; do :; done; case " {missing} " in *" $p "*) exit 1;; esac'
        self.program("dpkg-query", f"{answer}; echo -n install ok installed")

    def set_up(self, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", self.checkout / "scripts" / "setup.sh"],
            env=self.env | env, capture_output=True, text=True, timeout=60,
        )  # fmt: skip


@pytest.mark.parametrize(("system", "browser"), [("debian", " chromium"), ("ubuntu", "")])
def test_without_rights_it_names_the_line_for_this_system(
    system: str, browser: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path, system)
    machine.installed("libmtdev1 xdotool chromium")
    done = machine.set_up()
    assert done.returncode == 1
    assert f"{LINE} libmtdev1 xdotool{browser}" in done.stdout.splitlines()
    assert not (machine.checkout / ".venv").exists()


def test_a_snap_is_no_browser_that_can_be_steered(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "debian")
    machine.installed("chromium xdotool")
    machine.program("chromium", "")
    assert f"{LINE} xdotool" in machine.set_up().stdout.splitlines()
    machine.program("readlink", "echo /usr/bin/snap")
    assert f"{LINE} xdotool chromium" in machine.set_up().stdout.splitlines()


def test_a_python_that_was_asked_for_is_never_exchanged_in_silence(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "debian")
    done = machine.set_up(PYTHON="/no such/python3.12")
    assert done.returncode == 1
    assert "PYTHON=/no such/python3.12 cannot be used." in done.stdout
    assert "Python 3.11 or 3.12 is needed" in done.stdout


def test_a_set_up_that_broke_off_is_made_anew(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "debian")
    half = machine.checkout / ".venv" / "half"
    half.mkdir(parents=True)
    python = 'mkdir -p .venv/bin; cp "$0" .venv/bin/python'
    machine.program("python3.12", f'case "$*" in *venv*) {python};; *--version*) echo 3.12;; esac')
    for tool in ("mkdir", "cp"):
        (machine.bin / tool).symlink_to(shutil.which(tool) or "")
    done = machine.set_up()
    assert (done.returncode, done.stderr) == (0, "")
    assert not half.exists()
    again = machine.set_up()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
