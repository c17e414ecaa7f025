"""The packets of the ZFM family: known byte strings, and whatever a noisy line may do to them."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.fingerprint.packets import (
    ADDRESS,
    BAUDS,
    HEIGHT,
    PACKET_SIZES,
    PICTURE_BYTES,
    WIDTH,
    Command,
    Decoder,
    Kind,
    Packet,
    Parameter,
    SystemParameters,
    arguments_of,
    command,
    decode_parameters,
    encode,
    encode_parameters,
    pack_picture,
    unpack_picture,
)

packets = st.builds(Packet, st.sampled_from(Kind), st.binary(max_size=256), st.integers(0, ADDRESS))

GOLDEN = {
    "ef01ffffffff010007130000 0000001b": command(Command.VFY_PWD, 0),
    "ef01ffffffff0100030f0013": command(Command.READ_SYS_PARA),
    "ef01ffffffff010003010005": command(Command.GEN_IMG),
    "ef01ffffffff0100030a000e": command(Command.UP_IMAGE),
    "ef01ffffffff0100050e040c0024": command(Command.SET_SYS_PARA, Parameter.BAUD, 12),
    "ef01ffffffff07000300000a": encode(Packet(Kind.ACK, b"\x00")),
    "ef01ffffffff07000302000c": encode(Packet(Kind.ACK, b"\x02")),
    "ef01ffffffff0700130000000000009600 03ffffffff0002000604b7": encode(
        Packet(Kind.ACK, b"\x00" + encode_parameters(SystemParameters()))
    ),
}


@pytest.mark.parametrize(("line", "ours"), GOLDEN.items())
def test_commands_and_answers_are_those_of_the_manual(line: str, ours: bytes) -> None:
    assert ours == bytes.fromhex(line)


@given(st.lists(packets, max_size=5), st.integers(1, 64))
def test_packets_come_out_as_they_went_in_however_the_line_cuts_them(
    sent: list[Packet], size: int
) -> None:
    line = b"".join(encode(packet) for packet in sent)
    decoder = Decoder()
    got = [p for at in range(0, len(line), size) for p in decoder.feed(line[at : at + size])]
    assert got == sent
    assert decoder.discarded == 0


@given(packets, st.binary(max_size=40).filter(lambda noise: b"\xef" not in noise))
def test_a_packet_is_found_behind_garbage(packet: Packet, noise: bytes) -> None:
    decoder = Decoder()
    assert decoder.feed(noise + encode(packet)) == [packet]
    assert decoder.discarded == len(noise)


@given(packets, packets, st.data())
def test_a_damaged_packet_never_takes_the_next_one_with_it(
    first: Packet, second: Packet, data: st.DataObject
) -> None:
    damaged = bytearray(encode(first))
    damaged[data.draw(st.integers(9, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    got = Decoder().feed(bytes(damaged) + encode(second))
    assert got[-1] == second


@given(st.binary(max_size=600))
def test_no_bytes_upset_the_decoder(noise: bytes) -> None:
    Decoder().feed(noise)


@given(
    st.builds(
        SystemParameters,
        status=st.integers(0, 0xFFFF),
        system_id=st.integers(0, 0xFFFF),
        capacity=st.integers(0, 0xFFFF),
        security=st.integers(0, 0xFFFF),
        address=st.integers(0, ADDRESS),
        packet_size=st.sampled_from(PACKET_SIZES),
        baud=st.sampled_from(BAUDS),
    )
)
def test_parameters_survive_the_line(parameters: SystemParameters) -> None:
    assert decode_parameters(encode_parameters(parameters)) == parameters


@pytest.mark.parametrize("payload", [b"", b"\x00" * 15, b"\x00" * 12 + b"\x00\x09\x00\x06"])
def test_parameters_that_make_no_sense_are_none(payload: bytes) -> None:
    assert decode_parameters(payload) is None


def test_arguments_come_back_from_a_command() -> None:
    (packet,) = Decoder().feed(command(Command.SET_SYS_PARA, 4, 12))
    assert arguments_of(packet) == (4, 12)
    with pytest.raises(struct.error):
        arguments_of(Packet(Kind.COMMAND, bytes([Command.SET_SYS_PARA, 4])))


def test_a_picture_keeps_its_upper_four_bits() -> None:
    image = np.random.default_rng(7).integers(0, 256, (HEIGHT, WIDTH), np.uint8)
    data = pack_picture(image)
    assert len(data) == PICTURE_BYTES
    assert data[0] == (image[0, 0] >> 4) << 4 | image[0, 1] >> 4
    assert np.array_equal(unpack_picture(data), (image >> 4) * np.uint8(17))
