"""Draws assets/images: the evening over a river town in three sizes, and the outlines of a hand.

Everything is drawn here from scratch with a fixed seed; run it from the project's root.
"""

import math
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

TARGET = Path("assets/images")
OVER = 2  # drawn at twice the size, for smooth edges
Stops = tuple[tuple[float, str], ...]

SKY: Stops = (
    (0.0, "#071f29"),
    (0.3, "#0f3a49"),
    (0.55, "#1f5a68"),
    (0.74, "#5d8b8c"),
    (0.86, "#c9ab86"),
    (0.95, "#efb981"),
    (1.0, "#f7cf9b"),
)
NIGHT: Stops = ((0.0, "#0c323e"), (0.6, "#114351"), (1.0, "#1b5360"))


@dataclass(frozen=True)
class Plan:
    """One picture: size, waterline, colours from far to near, and how bright the evening is."""

    width: int
    height: int
    water: int
    size: float  # of the town, 1.0 for a picture of 1080 pixels
    sky: Stops
    far: tuple[str, str, str]
    back: str
    town: str
    near: str
    lit: str
    glow: float
    night: bool = False


ATTRACT = Plan(
    1080, 1920, 1010, 1.0, SKY, ("#9fa08a", "#6f8d87", "#3f6f73"),
    "#2a5e67", "#173f4a", "#0d2c37", "#ffd28a", 1.0,
)  # fmt: skip
WIDE = Plan(
    1080, 730, 640, 0.78, SKY, ("#9fa08a", "#6f8d87", "#3f6f73"),
    "#2a5e67", "#173f4a", "#0d2c37", "#ffd28a", 0.75,
)  # fmt: skip
OUTLINE = Plan(
    1080, 300, 300, 0.7, ((0.0, "#000000"), (1.0, "#000000")), ("#000000", "#000000", "#4a4a4a"),
    "#7c7c7c", "#b4b4b4", "#ffffff", "#000000", 0.0, night=True,
)  # fmt: skip
BAND = Plan(
    1080, 560, 545, 0.6, NIGHT, ("#185059", "#174b57", "#164653"),
    "#13414d", "#103a46", "#0e333f", "#1f5b67", 0.1, night=True,
)  # fmt: skip


def rgb(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def gradient(width: int, height: int, stops: Stops) -> Image.Image:
    at = np.linspace(0, 1, height)
    places = [place for place, _ in stops]
    rows = np.stack(
        [np.interp(at, places, [rgb(code)[c] for _, code in stops]) for c in range(3)], axis=1
    )
    noise = np.random.default_rng(4).uniform(-0.5, 0.5, (height, width, 1))
    picture = np.clip(rows[:, None, :] + noise, 0, 255)
    return Image.fromarray(np.round(picture).astype(np.uint8))


def glow(picture: Image.Image, x: float, y: float, radius: float, strength: float) -> Image.Image:
    """Add warm light around a point, wider than high, as haze does."""
    height, width = picture.height, picture.width
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    near = ((xs - x) / (radius * 1.5)) ** 2 + ((ys - y) / radius) ** 2
    far = ((xs - x) / (radius * 3.4)) ** 2 + ((ys - y) / (radius * 1.7)) ** 2
    light = strength * (0.62 * np.exp(-near * 2) + 0.38 * np.exp(-far * 2))
    base = np.asarray(picture, np.float32) / 255
    warm = np.array([1.0, 0.86, 0.62], np.float32)
    lit = 1 - (1 - base) * (1 - warm * light[..., None])
    return Image.fromarray((lit * 255).astype(np.uint8))


class Painter:
    """Draws the town of one plan; x and y are pixels of the finished picture."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.random = random.Random(11)
        self.sun = plan.width * 0.74, plan.water - 52 * plan.size
        size = (plan.width * OVER, plan.water * OVER)
        self.picture = glow(
            gradient(*size, plan.sky),
            self.sun[0] * OVER,
            self.sun[1] * OVER,
            210 * plan.size * OVER,
            plan.glow,
        )
        self.draw = ImageDraw.Draw(self.picture)

    # --- strokes ------------------------------------------------------------------------------

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self.draw.polygon([(x * OVER, y * OVER) for x, y in points], fill=colour)

    def block(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def disc(self, x: float, y: float, radius: float, colour: str, tall: float = 1.0) -> None:
        box = (x - radius, y - radius * tall, x + radius, y + radius * tall)
        self.draw.ellipse([side * OVER for side in box], fill=colour)

    # --- sky ----------------------------------------------------------------------------------

    def stars(self) -> None:
        for _ in range(70):
            x, y = self.random.uniform(0, 1), self.random.betavariate(1, 2.6) * 0.5
            dot = self.random.uniform(0.5, 1.5)
            shade = round(90 + 90 * self.random.random() * (1 - y))
            self.disc(
                x * self.plan.width,
                y * self.plan.water,
                dot,
                f"#{shade:02x}{shade + 26:02x}{shade + 30:02x}",
            )

    def clouds(self) -> None:
        layer = Image.new("L", self.picture.size, 0)
        pen = ImageDraw.Draw(layer)
        for _ in range(16):
            x = self.random.uniform(-0.1, 1.0) * self.plan.width
            y = self.plan.water * self.random.uniform(0.6, 0.86)
            wide, high = self.random.uniform(120, 420), self.random.uniform(3, 9)
            box = (x, y, x + wide * self.plan.size, y + high * self.plan.size)
            pen.ellipse([side * OVER for side in box], fill=self.random.randint(50, 120))
        layer = layer.filter(ImageFilter.GaussianBlur(4 * OVER * self.plan.size))
        self.picture.paste(Image.new("RGB", self.picture.size, "#f3c495"), mask=layer)
        self.draw = ImageDraw.Draw(self.picture)

    def sun_disc(self) -> None:
        self.disc(*self.sun, 40 * self.plan.size, "#fff0cf")

    def birds(self) -> None:
        for x, y, span in ((0.66, 0.60, 15), (0.70, 0.585, 12), (0.73, 0.61, 10), (0.63, 0.575, 9)):
            left, top = x * self.plan.width, y * self.plan.water
            for side in (-1, 1):
                tip = left + side * span
                self.shape(
                    [
                        (left, top),
                        (left + side * span * 0.5, top - span * 0.42),
                        (tip, top - span * 0.2),
                        (left + side * span * 0.5, top - span * 0.28),
                    ],
                    self.plan.town,
                )

    # --- land ---------------------------------------------------------------------------------

    def hills(self) -> None:
        water, size, width = self.plan.water, self.plan.size, self.plan.width
        layers = zip(
            self.plan.far, ((330, 1.1, 0.9), (250, 1.5, 2.4), (170, 1.9, 4.1)), strict=True
        )
        for colour, (height, waves, phase) in layers:
            ridge = []
            for step in range(0, 101):
                part = step / 100
                rise = 0.55 + 0.3 * math.sin(part * math.pi * waves + phase)
                rise += 0.06 * math.sin(part * 13 + phase * 2) + 0.012 * math.sin(part * 61 + phase)
                ridge.append((part * width, water - height * size * rise))
            self.shape([(0, water), *ridge, (width, water)], colour)

    def castle(self) -> None:
        size, colour = self.plan.size, self.plan.back
        x, base = 64 * size, self.plan.water - 236 * size
        hill = [(-10, self.plan.water)]
        for step in range(0, 61):
            part = step / 60
            fall = 1 - math.exp(-((max(0.0, abs(part - 0.36) - 0.2)) ** 2) * 13)
            top = base + 26 * size + fall * 226 * size
            hill.append((part * 640 * size - 10, top + 3 * size * math.sin(part * 46)))
        self.shape([*hill, (640 * size, self.plan.water)], self.plan.far[2])
        for left, top, wide, high in (
            (0, -40, 60, 70), (52, -66, 46, 96), (92, -34, 92, 64), (176, -84, 40, 114),
            (210, -46, 74, 76), (276, -62, 36, 92),
        ):  # fmt: skip
            self.block(x + left * size, base + top * size, wide * size, high * size, colour)
            if wide < 50:
                self.roof(
                    x + left * size, base + top * size, wide * size, wide * 0.85 * size, colour
                )
            else:
                self.teeth(x + left * size, base + top * size, wide * size, colour)
        self.shape(
            [
                (x - 34 * size, base + 46 * size),
                (x, base + 18 * size),
                (x + 314 * size, base + 18 * size),
                (x + 356 * size, base + 58 * size),
            ],
            colour,
        )
        for left, top in (
            (16, -18),
            (34, -18),
            (70, -40),
            (108, -12),
            (130, -12),
            (152, -12),
            (192, -58),
            (192, -30),
            (228, -22),
            (250, -22),
            (290, -38),
        ):
            self.window(x + left * size, base + top * size, 7 * size, 11 * size)

    def teeth(self, x: float, y: float, width: float, colour: str) -> None:
        tooth = 8 * self.plan.size
        for at in range(int(width / tooth / 2) + 1):
            self.block(x + at * tooth * 2, y - tooth * 0.8, tooth, tooth, colour)

    def roof(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        over = width * 0.08
        self.shape(
            [(x - over, y + 1), (x + width / 2, y - height), (x + width + over, y + 1)], colour
        )

    def window(self, x: float, y: float, width: float, height: float, chance: float = 0.7) -> None:
        if self.random.random() < chance:
            self.block(x, y, width, height, self.plan.lit)

    def houses(self, start: float, end: float, low: float, high: float, colour: str) -> None:
        """Draw a row of gabled houses along the bank."""
        size, water, x = self.plan.size, self.plan.water, start
        while x < end:
            wide = self.random.uniform(38, 66) * size
            wall = self.random.uniform(low, high) * size
            top = water - wall
            self.block(x, top, wide + 1, wall, colour)
            if self.random.random() < 0.62:
                self.roof(x, top, wide, wide * self.random.uniform(0.6, 0.95), colour)
            else:
                step = wide * 0.2
                self.shape(
                    [
                        (x - 2, top + 1),
                        (x + step, top - wide * 0.5),
                        (x + wide - step, top - wide * 0.5),
                        (x + wide + 2, top + 1),
                    ],
                    colour,
                )
            if self.random.random() < 0.5:
                self.block(x + wide * 0.68, top - wide * 0.62, 6 * size, wide * 0.4, colour)
            self.panes(x, top, wide, wall)
            x += wide

    def panes(self, x: float, top: float, wide: float, wall: float) -> None:
        size = self.plan.size
        for row in range(int(wall / (24 * size))):
            for column in range(max(1, int(wide / (20 * size)))):
                left = x + (9 + column * 19) * size
                if left + 8 * size < x + wide:
                    self.window(left, top + (10 + row * 24) * size, 6 * size, 9 * size, 0.3)

    def church(self, x: float, height: float, colour: str) -> None:
        size, water = self.plan.size, self.plan.water
        wide = 46 * size
        self.block(x + wide, water - height * 0.42 * size, 118 * size, height * 0.42 * size, colour)
        self.shape(
            [
                (x + wide - 2, water - height * 0.42 * size + 1),
                (x + wide + 16 * size, water - height * 0.64 * size),
                (x + wide + 104 * size, water - height * 0.64 * size),
                (x + wide + 124 * size, water - height * 0.42 * size + 1),
            ],
            colour,
        )
        top = water - height * size
        self.block(x, top, wide, height * size, colour)
        self.shape(
            [(x - 3 * size, top), (x + wide / 2, top - 150 * size), (x + wide + 3 * size, top)],
            colour,
        )
        self.block(x + wide / 2 - 1.5 * size, top - 178 * size, 3 * size, 34 * size, colour)
        self.block(x + wide / 2 - 8 * size, top - 168 * size, 16 * size, 3 * size, colour)
        self.disc(x + wide / 2, top + 26 * size, 9 * size, self.plan.lit)
        for left in (0.28, 0.6):
            self.window(x + wide * left, top + 52 * size, 6 * size, 18 * size, 1)
        for at in range(4):
            self.window(
                x + wide + (16 + at * 24) * size,
                water - height * 0.36 * size,
                7 * size,
                26 * size,
                0.8,
            )

    def gate(self, x: float, colour: str) -> None:
        """Draw the twin towers at the head of the bridge."""
        size, water = self.plan.size, self.plan.water
        for left in (0.0, 92.0):
            tower = x + left * size
            self.block(tower, water - 178 * size, 48 * size, 178 * size, colour)
            self.block(tower - 4 * size, water - 180 * size, 56 * size, 8 * size, colour)
            centre = tower + 24 * size
            self.disc(centre, water - 184 * size, 25 * size, colour, 1.25)
            self.block(centre - 9 * size, water - 238 * size, 18 * size, 30 * size, colour)
            self.disc(centre, water - 238 * size, 10 * size, colour, 1.3)
            self.block(centre - 1.3 * size, water - 286 * size, 2.6 * size, 40 * size, colour)
            self.disc(centre, water - 286 * size, 3.4 * size, colour)
            for at in range(2):
                self.window(
                    centre - 4 * size, water - (150 - at * 42) * size, 8 * size, 15 * size, 1
                )
        self.block(x + 40 * size, water - 112 * size, 60 * size, 112 * size, colour)
        self.teeth(x + 46 * size, water - 112 * size, 44 * size, colour)

    def bridge(self, x: float, colour: str) -> None:
        """Draw the old bridge from the gate to the right edge; the arches stay open."""
        size, water, width = self.plan.size, self.plan.water, self.plan.width
        mask = Image.new("L", self.picture.size, 0)
        pen = ImageDraw.Draw(mask)
        deck = []
        for step in range(0, 41):
            part = step / 40
            deck.append(
                (x + part * (width - x + 20), water - (84 + 20 * math.sin(part * 2.4)) * size)
            )
        outline = [*deck, (width + 20, water), (x, water)]
        pen.polygon([(a * OVER, b * OVER) for a, b in outline], fill=255)
        arch = x + 30 * size
        while arch < width:
            wide = 128 * size
            box = (arch, water - 62 * size, arch + wide, water + 62 * size)
            pen.ellipse([side * OVER for side in box], fill=0)
            arch += wide + 30 * size
        self.picture.paste(Image.new("RGB", self.picture.size, colour), mask=mask)
        self.draw = ImageDraw.Draw(self.picture)
        for at in range(9):
            post = x + (40 + at * 92) * size
            if post < width:
                self.block(post, water - 134 * size, 3 * size, 36 * size, colour)
                self.disc(post + 1.5 * size, water - 136 * size, 4.6 * size, self.plan.lit)

    def trees(self, start: float, end: float, height: float, colour: str) -> None:
        size, x = self.plan.size, start
        while x < end:
            radius = self.random.uniform(14, 27) * size
            self.disc(
                x, self.plan.water - self.random.uniform(0.2, 0.7) * height * size, radius, colour
            )
            x += radius * 0.9

    def land(self) -> Image.Image:
        width, size = self.plan.width, self.plan.size
        if not self.plan.night:
            self.stars()
            self.clouds()
            self.sun_disc()
        self.hills()
        self.castle()
        gate = width * 0.5 - 20 * size
        self.houses(-8 * size, gate + 180 * size, 66, 104, self.plan.back)
        self.church(gate - 96 * size, 178, self.plan.back)
        self.houses(-20 * size, gate + 20 * size, 32, 62, self.plan.town)
        self.trees(-10, width * 0.1, 40, self.plan.near)
        self.bridge(gate + 120 * size, self.plan.near)
        self.gate(gate, self.plan.near)
        self.birds()
        return self.picture


def river(land: Image.Image, height: int, plan: Plan) -> Image.Image:
    """Return the water: what stands above it, upside down, rippled, darkening towards us."""
    mirrored = land.transpose(Image.Transpose.FLIP_TOP_BOTTOM).crop((0, 0, land.width, height))
    if mirrored.height < height:
        mirrored = mirrored.resize((land.width, height))
    pixels = np.asarray(mirrored.filter(ImageFilter.GaussianBlur(1.6 * OVER)), np.float32)
    rows = np.arange(height)
    depth = rows / max(1, height)
    sway = (
        (np.sin(rows * 0.16 / OVER) + 0.7 * np.sin(rows * 0.41 / OVER + 1)) * (1 + 9 * depth) * OVER
    )
    columns = (np.arange(land.width)[None, :] + sway[:, None]).astype(int) % land.width
    rippled = np.take_along_axis(pixels, columns[..., None].repeat(3, 2), axis=1)
    deep = np.array(rgb("#0a2a35"), np.float32)
    mix = (0.24 + 0.76 * np.clip(depth * 1.25, 0, 1) ** 0.9)[:, None, None]
    water = rippled * (1 - mix) + deep * mix
    return Image.fromarray(water.astype(np.uint8))


def outline(plan: Plan) -> Image.Image:
    """Return the town alone as a white picture whose alpha grows from far to near."""
    land = Painter(plan).land().convert("L")
    return alpha(land.resize((plan.width, plan.height), Image.Resampling.LANCZOS))


def glitter(picture: Image.Image, plan: Plan, sun: float) -> Image.Image:
    """Add the sun's broken path on the water."""
    layer = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(layer)
    chance = random.Random(5)
    room = plan.height - plan.water
    for _ in range(190):
        part = chance.betavariate(1, 2.2)
        y = plan.water + part * min(room, 360 * plan.size)
        wide = chance.uniform(8, 60) * (0.5 + part) * plan.size
        x = sun + chance.gauss(0, 30 + 120 * part) * plan.size - wide / 2
        high = (1 + 2.4 * part) * plan.size
        shine = round(chance.uniform(60, 170) * (1 - part) * plan.glow)
        pen.ellipse([side * OVER for side in (x, y, x + wide, y + high)], fill=shine)
    layer = layer.filter(ImageFilter.GaussianBlur(0.7 * OVER))
    picture.paste(Image.new("RGB", picture.size, "#ffdca6"), mask=layer)
    return picture


def scene(plan: Plan) -> Image.Image:
    painter = Painter(plan)
    land = painter.land()
    whole = Image.new("RGB", (plan.width * OVER, plan.height * OVER))
    whole.paste(land, (0, 0))
    room = (plan.height - plan.water) * OVER
    whole.paste(river(land, room, plan), (0, plan.water * OVER))
    return glitter(whole, plan, painter.sun[0]).resize(
        (plan.width, plan.height), Image.Resampling.LANCZOS
    )


# --- hands -----------------------------------------------------------------------------------

SIDE = 640
FINGERS = {  # of a right hand seen from above: root x, y, tip x, y, thickness
    "thumb": (236, 470, 92, 356, 74),
    "index": (244, 330, 196, 108, 66),
    "middle": (318, 310, 310, 60, 68),
    "ring": (390, 322, 420, 96, 64),
    "little": (454, 362, 516, 190, 56),
}


def capsule(pen: ImageDraw.ImageDraw, line: tuple[float, ...], fill: int) -> None:
    x1, y1, x2, y2, thick = (value * 4 for value in line)
    pen.line((x1, y1, x2, y2), fill=fill, width=round(thick))
    for x, y in ((x1, y1), (x2, y2)):
        pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=fill)


def palm(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((208 * 4, 300 * 4, 484 * 4, 570 * 4), radius=92 * 4, fill=255)
    pen.rectangle((256 * 4, 480 * 4, 440 * 4, 700 * 4), fill=255)


def hand() -> Image.Image:
    """Return the outline of a right hand from above as a white picture with alpha."""
    mask = Image.new("L", (SIDE * 4, SIDE * 4), 0)
    pen = ImageDraw.Draw(mask)
    palm(pen)
    for line in FINGERS.values():
        capsule(pen, line, 255)
    soft = mask.filter(ImageFilter.GaussianBlur(30)).point(lambda v: 255 if v > 127 else 0)
    gaps = Image.new("L", mask.size, 0)
    pen = ImageDraw.Draw(gaps)
    for one in ("thumb", "index", "middle", "ring", "little"):
        x1, y1, x2, y2, thick = FINGERS[one]
        capsule(pen, (x1, y1, x2, y2, thick + 9), 0)
    return alpha(reduced(ImageChops.subtract(soft, gaps)))


def finger() -> Image.Image:
    """Return the index finger of that hand alone, a little larger than the outline below it."""
    mask = Image.new("L", (SIDE * 4, SIDE * 4), 0)
    pen = ImageDraw.Draw(mask)
    x1, y1, x2, y2, thick = FINGERS["index"]
    capsule(pen, (x1 - 1, y1 + 2, x2, y2, thick + 3), 255)
    return alpha(reduced(mask))


def reduced(mask: Image.Image) -> Image.Image:
    return mask.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def alpha(mask: Image.Image) -> Image.Image:
    return Image.merge("LA", (Image.new("L", mask.size, 255), mask))


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, plan in (("scene", ATTRACT), ("scene-wide", WIDE), ("band", BAND)):
        scene(plan).save(TARGET / f"{name}.jpg", quality=90, subsampling=0, optimize=True)
    outline(OUTLINE).save(TARGET / "town.png", optimize=True)
    hand().save(TARGET / "hand.png", optimize=True)
    finger().save(TARGET / "finger.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
