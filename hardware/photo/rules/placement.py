"""Criteria 5.x: size and place of the head in the crop (TR-03121-3 Vol. GID, Table 5.3)."""

from hardware.photo.rules.measure import Measure
from hardware.photo.scene import Scene


def height(scene: Scene) -> Measure:
    """5.1: lines of the crop; fewer than 1600 when the frame cannot give more without enlarging."""
    return Measure(float(scene.cut.out_height))


def width(scene: Scene) -> Measure:
    """5.2: columns of the crop."""
    return Measure(float(scene.cut.out_width))


def head_width(scene: Scene) -> Measure:
    """5.3: distance of the mesh's outermost points at the ears / picture width."""
    return Measure(scene.pose.width / scene.view.shape[1])


def head_height(scene: Scene) -> Measure:
    """5.4: chin to crown / picture height."""
    return Measure(scene.head_height / scene.cut.out_height)


def vertical(scene: Scene) -> Measure:
    """5.5: eyes' midpoint from the top / picture height."""
    return Measure(float(scene.pose.eyes[1]) / scene.view.shape[0])


def horizontal(scene: Scene) -> Measure:
    """5.6: eyes' midpoint from the left / picture width."""
    return Measure(float(scene.pose.eyes[0]) / scene.view.shape[1])


def eye_distance(scene: Scene) -> Measure:
    """5.7: distance of the eye centres in crop pixels."""
    return Measure(scene.frame_pose.ied / scene.cut.scale)
