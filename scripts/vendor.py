"""Fetches third-party web files by `npm pack`, checks them and puts them under assets/ and tests/.

Run by hand when a version changes: `.venv/bin/python scripts/vendor.py`; the pages fetch nothing.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "assets" / "web" / "vendor"
TEST_DATA = ROOT / "tests" / "data"
FONTS = ("Regular", "Medium", "SemiBold")
ICONS = (
    "arrow-right", "bell-ring", "camera", "check", "circle-check", "circle-dashed", "circle-help",
    "circle-pause", "circle-x", "clock", "download", "external-link", "eye", "file-check-2",
    "fingerprint", "hourglass", "id-card", "inbox", "info", "keyboard", "landmark", "languages",
    "log-out", "mail", "map-pin", "maximize-2", "mic", "mic-off", "minimize-2", "monitor",
    "octagon-alert", "pen-line", "phone", "phone-incoming", "phone-off", "refresh-cw", "search",
    "shield-check", "signal", "signature", "triangle-alert", "undo-2", "unplug", "user", "video",
    "video-off", "wifi", "x",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the npm registry, its checksum, and which of its files go where."""

    spec: str
    sha256: str
    files: Mapping[str, Path]


PACKAGES = (
    Package(
        "@kern-ux/native@2.7.2",
        "b82c23c35a198e60ee4c53c5d14911432437f03802441b7473e8d7003795adb0",
        {
            "dist/kern.min.css": VENDOR / "kern" / "kern.min.css",
            "LICENSE.md": VENDOR / "kern" / "LICENSE.md",
            **{
                f"dist/fonts/fira-sans/FiraSans-{weight}.woff2": VENDOR
                / "fira-sans"
                / f"FiraSans-{weight}.woff2"
                for weight in FONTS
            },
        },
    ),
    Package(  # only for the licence text that the fonts ask to travel with them
        "@fontsource/fira-sans@5.3.0",
        "2231966721c4c3f70194c336dd11428e15139bd902cac415528715028c9cd5a9",
        {"LICENSE": VENDOR / "fira-sans" / "LICENSE"},
    ),
    Package(
        "lucide-static@1.62.0",
        "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44",
        {"LICENSE": VENDOR / "lucide" / "LICENSE"},
    ),
    Package(
        "axe-core@4.14.1",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        {
            "axe.min.js": TEST_DATA / "axe" / "axe.min.js",
            "LICENSE": TEST_DATA / "axe" / "LICENSE",
        },
    ),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            archive = fetch(package.spec, Path(folder))
            demand_checksum(archive, package)
            with tarfile.open(archive) as opened:
                for name, target in package.files.items():
                    put(target, member(opened, name))
                if package.spec.startswith("lucide-static@"):
                    put(VENDOR / "lucide" / "icons.svg", sprite(opened))
    put(VENDOR / "VERSIONS.txt", versions())


def fetch(spec: str, folder: Path) -> Path:
    """Download one package with npm's ordinary client; returns the archive."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), spec]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return folder / said.strip().splitlines()[-1]


def demand_checksum(archive: Path, package: Package) -> None:
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{package.spec}: SHA-256 is {found}, expected {package.sha256}")


def member(archive: tarfile.TarFile, name: str) -> bytes:
    stream = archive.extractfile(f"package/{name}")
    if stream is None:
        sys.exit(f"the package has no file {name}")
    return stream.read()


def sprite(archive: tarfile.TarFile) -> bytes:
    """Join the icons into one SVG of symbols, so that a page fetches one file."""
    symbols = []
    for name in ICONS:
        text = member(archive, f"icons/{name}.svg").decode()
        found = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
        if found is None:
            sys.exit(f"the icon {name} is no SVG")
        body = " ".join(found.group(1).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    start = '<svg xmlns="http://www.w3.org/2000/svg">'
    return "\n".join([start, *symbols, "</svg>\n"]).encode()


def put(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def versions() -> bytes:
    lines = [f"{package.spec}  sha256:{package.sha256}" for package in PACKAGES]
    return ("\n".join(lines) + "\n").encode()


if __name__ == "__main__":
    main()
