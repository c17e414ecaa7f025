"""The limits of all criteria: the norm's, and this product's own where the norm says "a.u.".

Origin "TR" is BSI TR-03121-3 Vol. GID, Table 5.3 (QA-FI-GID). Origin "product" was set between good
pictures and weak defects of the CC0 renders in tests/data/faces, at least a factor 1.3 away from
every good one; the measured ranges stand beside the value. They hold for rendered faces of four
people and must be checked again with real recordings.
"""

from dataclasses import dataclass, replace
from typing import Literal

Template = Literal["adult", "child"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of the table; a bound that does not exist is None."""

    code: str
    name: str
    unit: str
    min: float | None
    max: float | None
    mandatory: bool
    origin: str  # "TR" or "product", and what was measured
    note: str = ""  # what who reads the report must know of the limit

    @property
    def id(self) -> str:
        """The TR number, or the word itself for criteria outside the table."""
        head = self.code.split("_")[0]
        return head if head[:1].isdigit() else self.code


M, O = True, False  # noqa: E741 - the norm's own letters
SHARE = "share of the limit"

LIMITS = (
    Limit("no_face", "Face found", "faces", 1, None, M, "product: a precondition of all others"),
    Limit("1.1_yaw", "Yaw", "°", -5, 5, O, "TR"),
    Limit("1.2_pitch", "Pitch", "°", -8, 8, O,
          "product: TR says 5; measuring uncertainty between people is 3 (good -3.8..3, weak 10)",
          "product limit 8, TR says 5: measuring uncertainty 3"),
    Limit("1.3_roll", "Roll", "°", -8, 8, M, "TR"),
    Limit("2.1_neutral", "Neutral expression", "corner lift / eye distance", None, 0.06, O,
          "product: neutral below .03, half a smile .05..06, a smile .08..12"),
    Limit("2.2_mouth", "Mouth closed", "lip opening / T", None, 0.06, M,
          "product: closed below .041, a tenth open .096"),
    Limit("2.3_eyebrows", "No raised eyebrows", "", None, None, O, "needs a model"),
    Limit("3.1_eyes_open", "Eyes open", "lid opening / lid length", 0.21, None, O,
          "product: open above .255, half closed below .16"),
    Limit("3.2_occlusion", "Eyes not covered", "not skin around the eye", None, 0.2, O,
          "product: clear glasses .04, rims, patch, hair above .4"),
    Limit("3.3_gaze", "Looks into the camera", SHARE, None, 1, O,
          "product: sideways .065 of the lid (good .03, averted .12); white below the iris .6"),
    Limit("4.1_background", "Background plain and grey", SHARE, None, 1, O,
          "product: lightness 63..93 (TR: #A1A1A1 = 66 to #E1E1E1 = 90), chroma 8, structure .6, "
          "unevenness 10"),
    Limit("4.2_background_shadow", "No shadow on the background", "L*", None, 10, O,
          "product: gradient of a good wall 3.4, weak shadow 24"),
    Limit("4.3_other_person", "No other person", "faces", None, 0, O, "TR: nobody else"),
    Limit("5.1_height", "Picture height", "px", 1600, 1600, M, "TR"),
    Limit("5.2_width", "Picture width", "px", 1244, 1244, M, "TR"),
    Limit("5.3_head_width", "Head width / picture width", "ratio", 0.5, 0.75, M, "TR"),
    Limit("5.4_head_height", "Head height / picture height", "ratio", 0.6, 0.9, M, "TR"),
    Limit("5.5_vertical", "Eyes from the top / picture height", "ratio", 0.3, 0.5, M, "TR"),
    Limit("5.6_horizontal", "Eyes from the left / picture width", "ratio", 0.45, 0.55, M, "TR"),
    Limit("5.7_eye_distance", "Eye distance", "px", 300, None, M, "TR"),
    Limit("6.1_lighting", "Even lighting", "darker / lighter half", 0.65, None, O,
          "product: good above .87, strong side light .05"),
    Limit("6.2_shadows", "No shadows in the eye sockets", "socket / cheek", 0.45, None, O,
          "product: good above .67, light from above .14"),
    Limit("6.3_hotspots", "No hot spots", "share of the skin", None, 0.015, O,
          "product: good below .006, weak spots .07"),
    Limit("6.4_glasses_effects", "No reflections on glasses", "share of eye zone", None, 0.02, O,
          "product: clear glasses 0, weak reflection .055"),
    Limit("7.1_exposure", "Exposure", "L* of the grey background", 58, 95, M,
          "product: TR background is 66..90; half a stop of tolerance; never judged by the skin"),
    Limit("7.2_focus", "In focus", "fine / coarse detail, %", 10, None, M,
          "product: good above 20, motion 6, blur below 2"),
    Limit("7.3_colour", "Natural colours", "distance in CIELAB", None, 6, O,
          "product: good 0, weak cast above 13"),
    Limit("7.4_red_eyes", "No red eyes", "R-(G+B)/2 in the pupil", None, 30, O,
          "product: pupils are black, below 4; red ones above 57"),
    Limit("7.5_colour_space", "Colour space", "1 = RGB 24 bit, 3 = grey", 1, 1, M, "TR"),
    Limit("7.6_dynamic_range", "Grey density", "levels", 80, None, M,
          "product: good above 106, low contrast 39"),
    Limit("noise", "Little noise", "levels", None, 2, O, "product: good below .6, weak noise 4.3"),
    Limit("compression", "Little compression", "mean JPEG step", None, 60, O,
          "product: quality 60 is 46, quality 14 is 173"),
    Limit("face_occlusion", "Face not covered", "distance in CIELAB", None, 16, O,
          "product: good below 9, mask 36"),
    Limit("head_covering", "No head covering", "", None, None, O, "needs a model"),
)  # fmt: skip

CHILD_HEAD = (0.5, 0.8)  # PAuswV annex 3: 50..80 % for children under ten


def limits_for(template: Template) -> tuple[Limit, ...]:
    """Return the table for the clerk's template "adult" or "child" (children under ten)."""
    if template == "adult":
        return LIMITS
    low, high = CHILD_HEAD
    return tuple(
        replace(limit, min=low, max=high, origin="PAuswV annex 3, children under ten")
        if limit.code == "5.4_head_height"
        else limit
        for limit in LIMITS
    )
