"""What a receipt looks like, read off its picture."""

import numpy as np

from hardware.sim.paper import DOTS, paint, text_of
from hardware.sim.tape import Letters, Picture

NUMBER = Letters("336 823 586\n", True, True)


def ink(picture) -> int:
    return int((picture < 128).sum())


def test_every_letter_of_an_office_leaves_ink():
    blank = ink(paint([Letters("   \n", False, False)]))
    for letter in "aÄöß€8–":
        assert ink(paint([Letters(f"{letter}\n", False, False)])) > blank, letter


def test_a_number_in_double_size_is_twice_as_high():
    small = paint([Letters(NUMBER.text, False, True)])
    large = paint([NUMBER])
    rows = [np.flatnonzero((each < 128).any(axis=1)) for each in (small, large)]
    heights = [int(each[-1] - each[0]) for each in rows]
    assert heights[1] > 1.7 * heights[0]


def test_a_picture_stands_between_the_lines_around_it():
    square = Picture(np.zeros((40, 40), np.uint8), True)
    marks = [NUMBER, square, Letters("Geburtstag\n", False, False)]
    painted = paint(marks)
    assert painted.shape[1] > DOTS
    assert ink(painted) > 1600
    assert text_of(marks) == "336 823 586\n\nGeburtstag\n"
