"""Every device URL is either understood or refused with a sentence, and never shows a secret."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ConfigError
from hardware.registry import check_url
from hardware.types import DeviceKind
from hardware.urls import port_of, public

BAD = {
    DeviceKind.CAMERA: [
        "http://[::1", "http://", "file:///a%00b", "file://relative", "v4l2:///x?width=0",
        "file:///x?fps=x", "rtsp://x/", "//",
    ],
    DeviceKind.FINGERPRINT: [
        "zfm://", "zfm:///", "zfm:///dev/x\0", "zfm:///dev/x?baud=7", "zfm://host/dev/x", "zfm:x",
    ],
    DeviceKind.PRINTER: [
        "lp0", "escpos+tcp://:9100", "escpos+tcp://h:99999", "escpos+tcp://h:abc",
        "escpos+tcp://a..b", "escpos+tcp://[::1", "escpos+tcp://" + "a" * 300,
        "escpos+tcp://ex ample", "escpos+tcp://h?columns=3",
    ],
}  # fmt: skip
GOOD = {
    DeviceKind.CAMERA: ["file:///a folder/film.mp4?loop=0", "http://u:p@host/x?y", "v4l2:///dev/v"],
    DeviceKind.FINGERPRINT: ["zfm:///dev/ttyUSB0", "zfm:///a folder/finger?baud=57600"],
    DeviceKind.PRINTER: ["escpos+tcp://10.0.0.9", "escpos+tcp://[::1]:9100?columns=32"],
}


@pytest.mark.parametrize(("kind", "url"), [(k, url) for k, urls in BAD.items() for url in urls])
def test_a_url_that_cannot_be_used_is_refused(kind: DeviceKind, url: str) -> None:
    with pytest.raises(ConfigError):
        check_url(kind, url)


@pytest.mark.parametrize(("kind", "url"), [(k, url) for k, urls in GOOD.items() for url in urls])
def test_a_usable_url_is_let_through_without_opening_anything(kind: DeviceKind, url: str) -> None:
    check_url(kind, url)


SCHEMES = ("file", "http", "v4l2", "zfm", "escpos+tcp", "")


@given(st.sampled_from(DeviceKind), st.sampled_from(SCHEMES), st.text(max_size=40))
def test_no_text_whatever_makes_the_reading_fail_otherwise(
    kind: DeviceKind, scheme: str, rest: str
) -> None:
    with suppress(ConfigError):
        check_url(kind, f"{scheme}://{rest}")


def test_names_passwords_and_options_stay_out_of_what_is_shown() -> None:
    url = "http://user:secret@10.0.0.1:81/stream?token=secret"
    assert public(url) == "http://10.0.0.1:81/stream"
    assert port_of(url) == "10.0.0.1:81/stream"
    assert port_of("zfm:///dev/ttyUSB0?baud=57600") == "/dev/ttyUSB0"
    for kind in DeviceKind:
        with pytest.raises(ConfigError) as refused:
            check_url(kind, "magic://user:secret@10.0.0.1/y?token=secret")
        assert "secret" not in refused.value.cause
