"""Status bytes of ESC/POS printers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.status import Question, Status, ask, decode, encode, is_status


@given(st.from_type(Status))
def test_a_status_survives_its_three_answers(status: Status) -> None:
    answers = [encode(status, question)[0] for question in Question]
    assert all(is_status(answer) for answer in answers)
    got = decode(*answers)
    assert got == status


@pytest.mark.parametrize(
    ("status", "question", "answer"),
    [
        (Status(), Question.ONLINE, 0x12),
        (Status(online=False), Question.ONLINE, 0x1A),
        (Status(cover_open=True), Question.CAUSE, 0x16),
        (Status(), Question.PAPER, 0x12),
        (Status(paper_near_end=True), Question.PAPER, 0x1E),
        (Status(paper=False), Question.PAPER, 0x72),
    ],
)
def test_answers_are_those_of_the_reference(
    status: Status, question: Question, answer: int
) -> None:
    assert encode(status, question) == bytes([answer])


def test_questions_are_dle_eot() -> None:
    assert ask(Question.PAPER) == b"\x10\x04\x04"


@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x0A, 0x41, 0x93])
def test_other_bytes_are_no_status(byte: int) -> None:
    assert not is_status(byte)
