"""Which function measures which criterion, and how a measure and its limit become a verdict."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hardware.criteria import Criterion, Verdict
from hardware.photo.rules import backdrop, light, look, picture, placement
from hardware.photo.rules.limits import Limit, Template, limits_for
from hardware.photo.rules.measure import Measure
from hardware.photo.scene import Scene

Rule = Callable[[Scene], Measure]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "no_face": lambda scene: Measure(1.0),
        "1.1_yaw": look.yaw,
        "1.2_pitch": look.pitch,
        "1.3_roll": look.roll,
        "2.1_neutral": look.neutral,
        "2.2_mouth": look.mouth_closed,
        "2.3_eyebrows": look.eyebrows,
        "3.1_eyes_open": look.eyes_open,
        "3.2_occlusion": look.eyes_uncovered,
        "3.3_gaze": look.gaze,
        "4.1_background": backdrop.background,
        "4.2_background_shadow": backdrop.background_shadow,
        "4.3_other_person": backdrop.other_person,
        "5.1_height": placement.height,
        "5.2_width": placement.width,
        "5.3_head_width": placement.head_width,
        "5.4_head_height": placement.head_height,
        "5.5_vertical": placement.vertical,
        "5.6_horizontal": placement.horizontal,
        "5.7_eye_distance": placement.eye_distance,
        "6.1_lighting": light.even_lighting,
        "6.2_shadows": light.shadows,
        "6.3_hotspots": light.hot_spots,
        "6.4_glasses_effects": light.glasses_effects,
        "7.1_exposure": light.exposure,
        "7.2_focus": picture.focus,
        "7.3_colour": light.natural_colour,
        "7.4_red_eyes": light.red_eyes,
        "7.5_colour_space": picture.colour_space,
        "7.6_dynamic_range": picture.grey_density,
        "noise": picture.noise,
        "compression": picture.compression,
        "face_occlusion": look.face_uncovered,
        "head_covering": look.head_covering,
    }
)


def judge(scene: Scene, template: Template) -> tuple[Criterion, ...]:
    """Measure every criterion of one picture, in the order of the norm."""
    return tuple(verdict(limit, RULES[limit.code](scene)) for limit in limits_for(template))


def faceless(template: Template) -> tuple[Criterion, ...]:
    """All criteria of a picture without a face: only that is not OK, nothing else is assessed."""
    return tuple(
        verdict(limit, Measure(0.0) if limit.code == "no_face" else Measure(None, "no face"))
        for limit in limits_for(template)
    )


def verdict(limit: Limit, measure: Measure) -> Criterion:
    """Compare one measure with its limit; bounds are inclusive."""
    return Criterion(
        id=limit.id,
        code=limit.code,
        name=limit.name,
        value=measure.value,
        unit=limit.unit,
        min=limit.min,
        max=limit.max,
        mandatory=limit.mandatory,
        verdict=_compare(limit, measure.value),
        note=measure.note or limit.note,
    )


def _compare(limit: Limit, value: float | None) -> Verdict:
    if value is None:
        return Verdict.NOT_ASSESSED
    low = limit.min is None or value >= limit.min
    high = limit.max is None or value <= limit.max
    return Verdict.OK if low and high else Verdict.NOT_OK
