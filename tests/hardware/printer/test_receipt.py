"""What comes out of the printer, read back from the bytes that went in."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.address import COLUMNS
from hardware.printer.blocks import Block, Qr, Row, Rule, Size, Text
from hardware.printer.receipt import encode_receipt, lines_of
from hardware.sim.paper import text_of
from hardware.sim.tape import Cut, Letters, Mark, Picture, Tape


def printed(*blocks: Block, columns: int = COLUMNS) -> list[Mark]:
    return list(Tape().feed(encode_receipt(blocks, columns)))


def lines(*blocks: Block) -> list[str]:
    return [line for line in text_of(printed(*blocks)).split("\n") if line]


@pytest.mark.parametrize(
    "text",
    [
        "Gebühr 37,00 € für Straße § 1",
        "ÄÖÜ äöü ß €",
        "Bürgeramt „Mitte“ – Łódź, Çelik, Žižek",
        "Привет",
    ],
)
def test_letters_come_out_as_they_were_meant(text: str) -> None:
    assert lines(Text(text)) == [text]


def test_letters_no_page_has_become_question_marks() -> None:
    assert lines(Text("a ✓ b")) == ["a ? b"]


def test_the_qr_code_can_be_read_from_the_paper() -> None:
    address = "https://amt.example/abholung/123456789"
    (picture,) = [mark for mark in printed(Qr(address)) if isinstance(mark, Picture)]
    assert picture.centred
    paper = np.pad(picture.image, 40, constant_values=255)
    (code,) = zxingcpp.read_barcodes(paper)
    assert code.text == address


def test_large_and_centred_text_is_printed_large_and_centred() -> None:
    marks = printed(Text("123 456 789", Size.LARGE, centred=True), Text("klein"))
    big, small = [m for m in marks if isinstance(m, Letters) and m.text.strip()]
    assert (big.double, big.centred) == (True, True)
    assert (small.double, small.centred) == (False, False)


def test_long_text_is_wrapped_at_words() -> None:
    got = lines(Text("Bitte bringen Sie Ihren bisherigen Ausweis und ein Foto mit."))
    assert all(len(line) <= COLUMNS for line in got)
    assert " ".join(got) == "Bitte bringen Sie Ihren bisherigen Ausweis und ein Foto mit."


def test_a_rule_is_as_wide_as_the_paper() -> None:
    assert lines(Rule()) == ["-" * COLUMNS]


def test_every_job_ends_with_a_cut() -> None:
    assert printed(Text("a"))[-1] == Cut()
    assert printed()[-1] == Cut()


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60)


@given(st.lists(words, max_size=8).map(" ".join), words, st.integers(20, 48))
def test_a_row_never_leaves_the_paper_and_its_end_is_flush(
    left: str, right: str, columns: int
) -> None:
    right = right[: columns - 1]
    got = lines_of(Row(left, right), columns)
    assert all(len(line) <= columns for line in got)
    assert got[-1].endswith(right)
    assert len(got[-1]) == columns


@given(st.binary(max_size=300), st.integers(1, 20))
def test_no_bytes_upset_the_tape_and_it_does_not_matter_how_they_are_cut(
    data: bytes, size: int
) -> None:
    tape = Tape()
    pieces = [m for at in range(0, len(data), size) for m in tape.feed(data[at : at + size])]
    assert text_of(pieces) == text_of(list(Tape().feed(data)))
