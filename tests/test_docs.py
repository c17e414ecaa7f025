"""The pages tell the truth: links lead somewhere, diagrams and tables agree with the code."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.test_architecture import MAY_IMPORT, PACKAGES, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CODE = re.compile(r"\b([A-Z]{3,4})-[0-9]{3}\b")
NO_FAULTS = {"AES", "KEM", "SHA"}


def headings(page: Path) -> set[str]:
    """Return the anchors of a page, spelled as forges spell them."""
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in found}


def leads_somewhere(page: Path, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = page.parent / file if file else page
    return target.exists() and (not anchor or anchor in headings(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    inside = [link for link in links if not link.startswith(("https:", "mailto:"))]
    assert [link for link in inside if not leads_somewhere(page, link)] == []


def test_the_diagram_of_packages_shows_the_arrows_that_are_kept() -> None:
    diagram = ARCHITECTURE.split("```mermaid")[1].split("```")[0]
    names = dict(re.findall(r'(\w+)\["<b>([\w.]+)</b>', diagram))
    drawn = re.findall(r'(\w+) --(?: "[^"]*" --)?> (\w+)', diagram)
    kept = {
        (package, drawn_as(target))
        for package, targets in MAY_IMPORT.items()
        for target in targets
        if drawn_as(target) not in (package, "assets")
    }
    assert {(names[a], names[b]) for a, b in drawn} == kept | {("server", "server.contract")}


def drawn_as(target: str) -> str:
    return target if target == "server.contract" else target.split(".")[0]


def codes_in(paths: list[Path]) -> set[str]:
    found = (match for path in paths for match in CODE.finditer(path.read_text("utf-8")))
    return {match[0] for match in found if match[1] not in NO_FAULTS}


def test_every_fault_code_is_explained_on_a_page() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert sorted(codes_in(sources) - codes_in(PAGES)) == []


def test_the_table_of_fault_codes_knows_every_family() -> None:
    sources = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    families = {code.split("-")[0] for code in codes_in(sources)}
    assert {name for name in families if f"{name}-…" not in ARCHITECTURE} == set()


def test_every_decision_is_listed_under_its_title() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\| \[(\d{4})\]\((\S+)\) \| (.*) \|", (folder / "README.md").read_text())
    records = sorted(folder.glob("0*.md"))
    assert [file for _, file, _ in listed] == [record.name for record in records]
    for number, file, title in listed:
        assert (folder / file).read_text("utf-8").splitlines()[0] == f"# {number} {title}"


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=str)
def test_a_decision_says_why_what_it_costs_and_what_else_was_possible(record: Path) -> None:
    parts = re.findall(r"^## (.*)$", record.read_text("utf-8"), re.MULTILINE)
    assert parts == ["Summary", "Context", "Decision", "Consequences", "Alternatives"]


def test_the_changelog_begins_with_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == project["version"]
