"""Two libraries that know nothing of us read pictures from the simulated module.

They run as programs of their own: pyfingerprint's licence (D-FSL) must not reach our code, and
both talk to the pty exactly as they talk to a module on a cable.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hardware.sim.fingerprint import FingerprintSim
from hardware.sim.zfm_module import load_finger
from tests.hardware.conftest import RIGHT

PYFINGERPRINT = """
import sys
from pyfingerprint.pyfingerprint import PyFingerprint
sensor = PyFingerprint(sys.argv[1], 57600)
assert sensor.verifyPassword()
assert sensor.readImage()
sensor.downloadImage(sys.argv[2] + ".bmp")
from PIL import Image
with Image.open(sys.argv[2] + ".bmp") as picture:
    open(sys.argv[2], "wb").write(picture.convert("L").tobytes())
"""

ADAFRUIT = """
import sys, serial, adafruit_fingerprint
sensor = adafruit_fingerprint.Adafruit_Fingerprint(serial.Serial(sys.argv[1], 57600, timeout=5))
assert sensor.data_packet_size == 2 and sensor.baudrate == 6
assert sensor.get_image() == adafruit_fingerprint.OK
packed = sensor.get_fpdata("image")
grey = bytes(value * 17 for byte in packed for value in (byte >> 4, byte & 15))
open(sys.argv[2], "wb").write(grey)
"""


@pytest.mark.parametrize("program", [PYFINGERPRINT, ADAFRUIT], ids=["pyfingerprint", "adafruit"])
def test_a_foreign_library_gets_the_picture_byte_for_byte(
    program: str, module: FingerprintSim, tmp_path: Path
) -> None:
    module.words["finger"]("right")
    out = tmp_path / "picture"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "finger"), str(out)],
        capture_output=True, text=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    got = np.frombuffer(out.read_bytes(), np.uint8).reshape(288, 256)
    assert np.array_equal(got, (load_finger(RIGHT) >> 4) * np.uint8(17))
