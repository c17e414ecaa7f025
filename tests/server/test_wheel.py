"""An installed wheel is whole: templates, migrations and assets come with the code."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("assets", "hardware", "kiosk", "remote_clerk", "server")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source tree in a folder that a build may litter."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=_LEFT_OUT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    compiled = folder / "assets" / "__pycache__" / "old.pyc"
    compiled.parent.mkdir()
    compiled.touch()
    return folder


def test_a_wheel_holds_every_file_of_the_packages_and_nothing_compiled(source: Path) -> None:
    pytest.importorskip("setuptools", reason="builds a wheel with the setuptools installed here")
    packages = [folder for package in PACKAGES for folder in (source / package).rglob("*")]
    wanted = {
        str(path.relative_to(source))
        for path in packages
        if path.is_file() and "__pycache__" not in path.parts
    }
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*build, "--no-index", "-w", source, source], check=True, timeout=120)
    (wheel,) = source.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        found = {name for name in opened.namelist() if ".dist-info/" not in name}
    assert found == wanted
