"""A catalogue with faults names file, line and field of each, all at once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import assets
from server.contract.catalogue import Catalogue
from server.contract.catalogue_file import CatalogueError, load, main
from server.contract.catalogue_tree import read

SERVICES = assets.path("services")
CARD = (SERVICES / "id-card.yaml").read_text(encoding="utf-8")


def changed(folder: Path, *edits: tuple[str, str]) -> Path:
    text = CARD
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    (folder / "id-card.yaml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "id-card.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_what_ships_is_well():
    catalogue = load(SERVICES)
    assert [service.id for service in catalogue.services] == ["id-card", "passport"]
    assert catalogue.service("passport") is catalogue.services[1]
    assert catalogue.service("unknown") is None


def test_it_crosses_the_wire_unchanged():
    catalogue = load(SERVICES)
    assert Catalogue.model_validate_json(catalogue.model_dump_json()) == catalogue


def test_six_faults_of_six_kinds_are_named_together(tmp_path):
    changed(
        tmp_path,
        ("icon: id-card", "icno: id-card"),
        ("alone_from: 16", "alone_from: sixteen"),
        ("    cents: 4600\n", "    cents: 46.00\n"),
        ("valid_to: 2026-02-06", "valid_to: 2026-02-07"),
        ("answers: { reason: [first] }", "answers: { raeson: [first] }"),
        ("- id: height", "- id: german"),
    )
    found = faults(tmp_path)
    assert len(found) == 7
    for said in (
        "id-card.yaml:3: icon is missing",
        f"id-card.yaml:{line_of(tmp_path, 'icno')}: icno is not a key of this place",
        f"id-card.yaml:{line_of(tmp_path, 'sixteen')}: rules.alone_from is wrong: "
        "input should be a valid integer",
        f"id-card.yaml:{line_of(tmp_path, '46.00')}: fees[0].cents is wrong: "
        "input should be a valid integer",
        f"id-card.yaml:{line_of(tmp_path, 'raeson')}: documents[1].when.answers.raeson "
        "is no field of this service",
    ):
        assert said in found
    assert any("fees[0].valid_from PA_24PLUS is already valid on 2026-02-07" in f for f in found)
    assert any("fields[4].id 'german' is already fields[1]" in f for f in found)


SINGLE = [
    ("summary:\n", "summary:\n  fr: Oui\n", "summary.fr is not a key of this place"),
    ("  en: Identity card\n", "", "name.en is missing"),
    ("minutes: 5", "minutes: 0", "minutes is wrong"),
    ("minutes: 5", "minutes: 5\nminutes: 6", "minutes stands here twice"),
    ("id: id-card", "id: identity", "id 'identity' must be the name of the file"),
    ("leika_key: null", "leika_key: 12", "leika_key is wrong"),
    ("steps: [privacy, ", "steps: [privcy, ", "steps[0] is wrong"),
    ("value: first", "value: expired", "'expired' is already fields[0].options[0]"),
    ("default: pick_up", "default: by_pigeon", "'by_pigeon' is no answer of this field"),
    ("delivery: [by_post]", "delivery: [by_pigeon]", "'by_pigeon' is no answer of this field"),
    ("bands: [24_plus]", "bands: [over_24]", "fees[0].when.bands[0] is wrong"),
    ("valid_from: 2026-02-07", "valid_from: 2026-02-30", "fees[0].valid_from is wrong"),
    ("valid_to: 2026-02-06", "valid_to: 2020-02-06", "valid_to lies before valid_from"),
    ("cents: 4600", "cents: -1", "fees[0].cents is wrong"),
    ("cents: 4600", "cents: 4600\n    factor: 2", "a factor needs multiplies"),
    ("cents: 4600", "multiplies: [PA_X]\n    factor: 2", "'PA_X' is no fee with an amount here"),
    ("cents: 4600", "multiplies: [PA_U24]", "a factor of 2 or more and no cents"),
    ("    min: 30\n", "", "a number needs min and max"),
    ("    max_length: 80\n", "", "a text needs max_length"),
    (
        "    max_length: 80\n",
        "    max_length: 80\n    together_with: [nickname]\n",
        "together_with[0] 'nickname' is no field of this service",
    ),
    ("    unit: cm\n", "    unit: cm\n    together_with: [town]\n", "together_with is for texts"),
    ("severity: block", "severity: stop", "checks[1].severity is wrong"),
    ("minutes: 5", "minutes: !!int 5", "has the tag"),
    ("icon: id-card", "icon: [id-card", "expected"),
    ("icon: id-card", "\ticon: id-card", "found character"),
]


@pytest.mark.parametrize(("old", "new", "said"), SINGLE, ids=[new.strip() for _, new, _ in SINGLE])
def test_one_fault_is_named(tmp_path, old, new, said):
    changed(tmp_path, (old, new))
    assert any(said in fault for fault in faults(tmp_path)), faults(tmp_path)


def test_two_files_are_judged_together(tmp_path):
    changed(tmp_path, ("minutes: 5", "minutes: many"))
    (tmp_path / "passport.yaml").write_text("", encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults(tmp_path)] == ["id-card.yaml", "passport.yaml"]


def test_one_service_in_two_files_is_one_too_many(tmp_path):
    changed(tmp_path)
    shutil.copy(tmp_path / "id-card.yaml", tmp_path / "other.yaml")
    assert "'id-card' must be the name of the file" in faults(tmp_path)[0]


def test_a_folder_without_services_is_a_fault(tmp_path):
    assert faults(tmp_path) == [f"{tmp_path}: holds no service (*.yaml)"]
    assert faults(tmp_path / "nowhere")[0].endswith("holds no service (*.yaml)")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a: \x07", b"- 1\n- 2\n", b"word", b"a: *b", b"a: &a [*a]\n", b"[" * 5000],
    ids=["not utf-8", "bell", "a list", "a word", "no anchor", "in a circle", "too deep"],
)
def test_what_is_no_service_at_all_is_a_fault_and_no_crash(tmp_path, content):
    (tmp_path / "id-card.yaml").write_bytes(content)
    assert faults(tmp_path)


def test_yes_no_and_dates_stay_words(tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text("[yes, no, 2026-02-07, 046, 1_000, 12, true, ~, '12']", encoding="utf-8")
    assert read(file).data == [
        "yes", "no", "2026-02-07", "046", "1_000", 12, True, None, "12"
    ]  # fmt: skip


def test_comments_and_layout_do_not_change_the_version_but_content_does(tmp_path):
    changed(tmp_path)
    before = load(tmp_path).version
    changed(tmp_path, ("minutes: 5", "minutes: 5 # as measured\n"))
    assert load(tmp_path).version == before
    changed(tmp_path, ("minutes: 5", "minutes: 7"))
    assert load(tmp_path).version != before
    assert len(before) == 16


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("abc_é\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "code",
                    "type",
                    "options",
                    "default",
                    "multiplies",
                    "valid_from",
                    "when",
                    "answers",
                ]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(tree=st.dictionaries(st.sampled_from(["fees", "fields", "documents", "checks"]), plain))
@example(tree={"fields": [{"id": []}], "fees": [{"code": {}}]})
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_yaml_is_judged_without_a_crash(tmp_path, tree):
    (tmp_path / "id-card.yaml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    assert len(faults(tmp_path)) >= 10


def test_the_command_says_what_is_wrong_and_how_much(tmp_path, capsys):
    assert main([str(SERVICES)]) == 0
    assert "ok: 2 services (id-card, passport)" in capsys.readouterr().out
    changed(tmp_path, ("minutes: 5", "minutes: many"))
    assert main([str(tmp_path)]) == 1
    assert "minutes is wrong" in (said := capsys.readouterr().err)
    assert "1 fault(s)" in said
    assert main([]) == 2


def test_it_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "server.contract.catalogue_file", str(SERVICES)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
