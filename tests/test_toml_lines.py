"""Faults of a configuration are found on their lines."""

import tomllib

import pytest

from assets.toml_lines import TomlLines, line_in

TEXT = """# a comment = 1
name = "x"

[devices]
camera = "a = b"
"odd key" = 1
[ audio . more ]
deep.key = 2
[[many]]
one = 1
[[many]]
one = 2
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (["name"], 2),
        (["devices"], 4),
        (["devices", "camera"], 5),
        (["devices", "odd key"], 6),
        (["devices", "missing"], 4),
        (["audio", "more", "deep", "key"], 8),
        (["many", "one"], 10),
        (["missing"], 1),
        ([], 1),
    ],
)
def test_a_key_has_its_line_and_a_missing_one_that_of_its_table(
    place: list[str], line: int
) -> None:
    tomllib.loads(TEXT)
    assert TomlLines(TEXT).of(place) == line


def test_the_line_of_a_syntax_fault_is_taken_from_the_parser() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads("a = 1\nb = \n")
    assert line_in(str(broken.value)) == 2
    assert line_in("no UTF-8") == 1
