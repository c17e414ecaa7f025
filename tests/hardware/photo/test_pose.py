"""The measured pose agrees with the pose the faces were rendered with."""

import pytest

from hardware.photo.check import read_picture
from hardware.photo.face import FaceFinder
from hardware.photo.models import Models, drawn_face
from hardware.photo.pose import Pose, pose_of
from tests.hardware.photo.conftest import STILLS, truth

OCCLUDED = {"sunglasses_D1.jpg", "glare_weak_D1.jpg", "hair_over_eye_D2.jpg", "left_D1.jpg"}
ROWS = [row for row in truth(STILLS) if row["ied"] and row["file"] not in OCCLUDED]
UNCERTAINTY = {"yaw": 4.0, "pitch": 4.5, "roll": 2.5}


def measured(row: dict[str, str], finder: FaceFinder) -> Pose:
    image, _ = read_picture(STILLS / row["file"])
    face = finder.find(image).main
    assert face is not None
    return pose_of(face)


@pytest.mark.parametrize("row", ROWS[::2], ids=lambda row: row["file"])
def test_angles_and_eye_distance_fit_the_truth(row: dict[str, str], finder: FaceFinder) -> None:
    pose = measured(row, finder)
    assert pose.yaw == pytest.approx(float(row["yaw"]), abs=UNCERTAINTY["yaw"])
    assert pose.pitch == pytest.approx(float(row["pitch"]), abs=UNCERTAINTY["pitch"])
    assert pose.roll == pytest.approx(float(row["roll"]), abs=UNCERTAINTY["roll"])
    assert pose.ied == pytest.approx(float(row["ied"]), rel=0.09)


def test_the_drawn_face_warms_the_networks_up() -> None:
    models = Models()
    assert len(models.meshes(drawn_face())) == 1
    models.close()
