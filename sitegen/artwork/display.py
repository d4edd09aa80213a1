"""The display list: what is drawn, in which order, before anything knows of SVG or of pixels."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.artwork.path import Affine, Geometry, Path, after, scaled, turned

SIDE = 400.0
"""The drawing is a square of this many units."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape in one colour: filled under the non-zero rule, or stroked where ``width`` is not 0."""

    geometry: Geometry
    colour: str
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy goes: turned clockwise by degrees, then moved."""

    turn: float = 0.0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Copies:
    """One shape drawn in many places, in one colour.

    The shape and the places are in a frame of their own, whose origin is at (``x``, ``y``) and whose unit
    is ``unit`` units of the drawing: a fine unit lets small shapes be written in whole numbers.
    """

    geometry: Geometry
    places: tuple[Place, ...]
    colour: str
    width: float = 0.0
    x: float = 0.0
    y: float = 0.0
    unit: float = 1.0

    def affine(self, place: Place) -> Affine:
        """Return the map from the shape's own coordinates to the drawing."""
        return after(scaled(self.unit, self.x, self.y), turned(place.turn, place.x, place.y))


@dataclass(frozen=True, slots=True)
class Clip:
    """Marks of which only what lies inside ``outline`` shows."""

    outline: Path
    items: tuple[Item, ...]


Item = Mark | Copies | Clip


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole drawing: its items from the back to the front, and what it is called.

    ``key`` is short, safe as part of an XML id and differs between the ids of badges.
    """

    key: str
    title: str
    description: str
    items: tuple[Item, ...]
