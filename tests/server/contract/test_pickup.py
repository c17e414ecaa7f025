"""Pickup numbers: what the check digit finds, and how a number is drawn and shown."""

from hypothesis import given
from hypothesis import strategies as st

from server.contract import pickup

eight = st.text("0123456789", min_size=8, max_size=8)


def number(digits: str) -> str:
    return digits + pickup.check_digit(digits)


def test_the_published_example_has_check_digit_4():
    """572 -> 4: the worked example of Damm's method."""
    assert pickup.check_digit("572") == "4"
    assert pickup.check_digit("5724") == "0"


@given(eight)
def test_every_drawn_number_is_valid(digits):
    drawn = pickup.draw(lambda limit: int(digits) % limit)
    assert drawn[:8] == digits
    assert pickup.is_valid(drawn)


@given(eight)
def test_every_single_wrong_digit_is_found(digits):
    right = number(digits)
    for at in range(pickup.LENGTH):
        for digit in set("0123456789") - {right[at]}:
            assert not pickup.is_valid(right[:at] + digit + right[at + 1 :])


@given(eight)
def test_every_swap_of_neighbours_is_found(digits):
    right = number(digits)
    for at in range(pickup.LENGTH - 1):
        a, b = right[at : at + 2]
        if a != b:
            assert not pickup.is_valid(right[:at] + b + a + right[at + 2 :])


@given(st.text(max_size=12))
def test_anything_else_is_no_number(text):
    if not (len(text) == 9 and text.isascii() and text.isdigit()):
        assert not pickup.is_valid(text)


def test_digits_of_other_scripts_are_refused():
    assert not pickup.is_valid("١٢٣٤٥٦٧٨٩")
    assert not pickup.is_valid("²²²²²²²²²")


def test_draws_cover_the_whole_range():
    asked = []

    def below(limit: int) -> int:
        asked.append(limit)
        return limit - 1

    assert pickup.draw(below).startswith("99999999")
    assert asked == [10**8]
    assert pickup.draw(lambda _: 0) == "000000000"


def test_people_read_it_in_groups_of_three():
    assert pickup.spaced("123456789") == "123 456 789"
