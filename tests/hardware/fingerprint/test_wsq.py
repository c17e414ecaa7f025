"""Prints as WSQ: small enough, readable again, and never called certified."""

import numpy as np
import pytest

from hardware.fingerprint.wsq import (
    CERTIFIED,
    FACTS,
    LIMIT,
    WsqTooLargeError,
    decode_wsq,
    encode_wsq,
)
from hardware.types import Fingerprint
from tests.hardware.conftest import EXPECTED, picture, print_of

GOOD = [row["file"] for row in EXPECTED if row["verdict"] == "accept"]


@pytest.mark.parametrize("file", GOOD)
def test_every_accepted_print_fits_and_can_be_read_again(file: str) -> None:
    print_ = print_of(file)
    code = encode_wsq(print_)
    assert len(code) <= LIMIT
    back = decode_wsq(code)
    assert back.shape == print_.image.shape
    assert np.abs(back.astype(int) - print_.image).mean() < 12


def test_a_small_picture_gets_a_white_margin() -> None:
    small = Fingerprint(picture("sensor/whorl_good_1.png")[:200, :180], 500)
    back = decode_wsq(encode_wsq(small))
    assert back.shape == (288, 256)
    assert back[220:, 200:].mean() > 250


def test_a_print_in_a_wide_margin_is_cut_out_before_it_is_given_up() -> None:
    rng = np.random.default_rng(1)
    wide = rng.integers(225, 256, (900, 900)).astype(np.uint8)
    wide[300:588, 300:556] = picture("sensor/whorl_good_1.png")
    back = decode_wsq(encode_wsq(Fingerprint(wide, 500)))
    assert back.shape < (900, 900)


def test_what_does_not_fit_is_said() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (560, 416)).astype(np.uint8)
    with pytest.raises(WsqTooLargeError) as caught:
        encode_wsq(Fingerprint(noise, 500))
    assert caught.value.code == "FPR-004"
    assert caught.value.cause
    assert caught.value.advice


def test_other_bytes_are_no_wsq() -> None:
    with pytest.raises(OSError, match="identify"):
        decode_wsq(b"no wsq at all")


def test_the_codec_is_marked_as_not_certified() -> None:
    assert CERTIFIED is False
    assert FACTS["certified"] == "no"
