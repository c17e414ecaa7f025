"""Makes assets/fonts from two npm packages: letters merged, icons subset, hashes checked.

Run from the project's root: `.venv/bin/python scripts/make_fonts.py`. The packages come through the
ordinary npm client; a tarball whose SHA-256 differs from the one written here is refused.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

TARGET = Path("assets/fonts")
LETTERS = (
    "@fontsource/atkinson-hyperlegible-next@5.3.0",
    "33dcb7d0d4e2ea98a96985ca7448f738c3b5b370cfc5230b1e40e4f728920cc2",
)
ICONS = (
    "lucide-static@1.62.0",
    "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44",
)
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
NAMES = [
    "a-large-small",
    "accessibility",
    "arrow-big-up",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "book-user",
    "building-2",
    "calendar-days",
    "camera",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-alert",
    "circle-check",
    "circle-help",
    "clipboard-list",
    "clock",
    "contrast",
    "delete",
    "eraser",
    "euro",
    "eye",
    "file-check",
    "fingerprint",
    "glasses",
    "hand",
    "headset",
    "hourglass",
    "house",
    "id-card",
    "info",
    "landmark",
    "languages",
    "lightbulb",
    "list-checks",
    "lock",
    "mail",
    "maximize-2",
    "meh",
    "mic",
    "mic-off",
    "minimize-2",
    "move-horizontal",
    "move-vertical",
    "pen-line",
    "phone-off",
    "printer",
    "refresh-cw",
    "rotate-ccw",
    "scan-face",
    "shield-check",
    "square-parking",
    "sun",
    "ticket",
    "timer",
    "triangle-alert",
    "user-round",
    "users",
    "video",
    "video-off",
    "volume-2",
    "volume-x",
    "wifi-off",
    "wrench",
    "x",
]


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        letters = fetch(*LETTERS, work / "letters")
        for weight, name in WEIGHTS.items():
            merge(letters / "files", weight, TARGET / f"AtkinsonHyperlegibleNext-{name}.ttf")
        shutil.copy(letters / "LICENSE", TARGET / "AtkinsonHyperlegibleNext-LICENSE.txt")
        icons = fetch(*ICONS, work / "icons")
        codepoints = icon_font(icons / "font", TARGET / "lucide.ttf")
        shutil.copy(icons / "LICENSE", TARGET / "lucide-LICENSE.txt")
        (TARGET / "lucide.json").write_text(json.dumps(codepoints, indent=0) + "\n")
    return 0


def fetch(package: str, sha256: str, folder: Path) -> Path:
    """Unpack one npm package after checking its hash."""
    folder.mkdir()
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    tarball = folder / packed.stdout.split()[-1]
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{package}: SHA-256 is {found}, expected {sha256}")
    with tarfile.open(tarball) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def merge(files: Path, weight: int, target: Path) -> None:
    """Join the Latin and the extended Latin part of one weight into one TrueType file."""
    parts = []
    for script in ("latin", "latin-ext"):
        font = TTFont(files / f"atkinson-hyperlegible-next-{script}-{weight}-normal.woff")
        font.flavor = None
        part = files / f"{script}-{weight}.ttf"
        font.save(part)
        parts.append(str(part))
    Merger().merge(parts).save(target)


def icon_font(folder: Path, target: Path) -> dict[str, int]:
    """Keep only the icons we name; return their code points."""
    every = json.loads((folder / "codepoints.json").read_text())
    kept = {name: every[name] for name in sorted(NAMES)}
    font = TTFont(folder / "lucide.ttf")
    options = subset.Options(hinting=False, layout_features=[])
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=kept.values())
    chooser.subset(font)
    font.save(target)
    return kept


if __name__ == "__main__":
    sys.exit(main())
