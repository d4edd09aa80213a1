"""Durations, prices, credits and levels: written by people, kept as values.

Durations accept ISO 8601 (``PT40H``, ``P6W``) and plain English (``40 hours``, ``6 weeks``,
``1 hour 30 minutes``). Prices accept ``Free``, ``240 AUD`` and a mapping.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import total_ordering
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_serializer, model_validator

from sitegen.core.model import REQUIRED, Model, field
from sitegen.core.texts import CurrencyCode, Flag, Text, WebAddress

_UNITS = {
    "year": "years",
    "month": "months",
    "week": "weeks",
    "day": "days",
    "hour": "hours",
    "hr": "hours",
    "h": "hours",
    "minute": "minutes",
    "min": "minutes",
}
_HOURS = {"years": 8760, "months": 730, "weeks": 168, "days": 24, "hours": 1}
_ISO = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+)M)?)?"
)
# In capitals or not, but of the letters a to z: to re.I alone, ſ is an s and ı an i.
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*((?a:years?|months?|weeks?|days?|hours?|hrs?|h|minutes?|mins?))\b", re.I)
_MOST = 1_000_000
"""No duration, price or credit is larger; a number with an exponent of thousands would fill a page."""
_FINEST = 6
"""Digits after the point, for the same reason."""
HOW_TO_WRITE = "write a duration like 40 hours, 6 weeks, 1 hour 30 minutes, or in ISO 8601: PT40H, P6W"


@total_ordering
class Duration(Model):
    """A length of time as its author gave it (ISO 8601 section 5.5.2): never turned into other units."""

    years: int = Field(0, ge=0, le=_MOST)
    months: int = Field(0, ge=0, le=_MOST)
    weeks: int = Field(0, ge=0, le=_MOST)
    days: int = Field(0, ge=0, le=_MOST)
    hours: Decimal = Field(Decimal(0), ge=0, le=_MOST, decimal_places=_FINEST)
    minutes: int = Field(0, ge=0, le=_MOST)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            return parse_duration(value)
        return value

    @model_serializer
    def _write(self) -> str:
        return self.iso

    @property
    def iso(self) -> str:
        """The ISO 8601 text, for example ``PT40H``."""
        date = "".join(
            f"{value}{letter}"
            for value, letter in ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
            if value
        )
        time = (f"{self.hours.normalize():f}H" if self.hours else "") + (f"{self.minutes}M" if self.minutes else "")
        return f"P{date}T{time}" if time else f"P{date or 'T0H'}"

    def __str__(self) -> str:
        """Plain English, for messages and simple formats: ``2 years``, ``1 hour 30 minutes``."""
        parts = [(getattr(self, unit), unit) for unit in ("years", "months", "weeks", "days", "hours", "minutes")]
        said = [f"{Decimal(n).normalize():f} {unit.removesuffix('s') if n == 1 else unit}" for n, unit in parts if n]
        return " ".join(said) or "0 hours"

    @property
    def total_hours(self) -> Decimal:
        """The whole in hours; for ordering and sums only, since a month has no fixed length."""
        whole = sum(getattr(self, unit) * hours for unit, hours in _HOURS.items())
        return Decimal(whole) + Decimal(self.minutes) / 60

    @property
    def is_workload(self) -> bool:
        """Say whether it counts only hours and minutes, as a volume of learning must."""
        return not (self.years or self.months or self.weeks or self.days)

    def __lt__(self, other: Duration) -> bool:
        return self.total_hours < other.total_hours

    def __add__(self, other: Duration) -> Duration:
        units = ("years", "months", "weeks", "days", "hours", "minutes")
        added = {unit: getattr(self, unit) + getattr(other, unit) for unit in units}
        added["hours"] += added["minutes"] // 60
        added["minutes"] %= 60
        # A sum may be larger than what one author may write.
        return Duration.model_construct(**added)


def parse_duration(text: str) -> dict[str, Any]:
    """Read ISO 8601 or friendly text into the parts of a :class:`Duration`; ValueError says how to write one."""
    iso = _ISO.fullmatch(text.strip())
    if iso and any(iso.groupdict().values()):
        parts = {unit: value for unit, value in iso.groupdict().items() if value}
        return _whole(parts)
    found: dict[str, str] = {}
    rest = text
    for match in _PART.finditer(text):
        unit = _UNITS[match[2].lower().rstrip("s") or "h"]
        if unit in found:
            raise ValueError(f"'{text}' gives {unit} twice; {HOW_TO_WRITE}")
        found[unit] = match[1]
        rest = rest.replace(match[0], "", 1)
    if not found or re.sub(r"[\s,]|and", "", rest):
        raise ValueError(f"'{text}' is not a duration; {HOW_TO_WRITE}")
    return _whole(found)


def _whole(parts: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for unit, number in parts.items():
        if unit == "hours":
            values[unit] = Decimal(number)
        elif "." in number:
            raise ValueError(f"only hours can have a fraction, not {number} {unit}")
        elif len(number) > len(str(_MOST)):
            raise ValueError(f"{number} {unit} is longer than anything takes; {HOW_TO_WRITE}")
        else:
            values[unit] = int(number)
    return values


def _workload(duration: Duration) -> Duration:
    if not duration.is_workload:
        raise ValueError(
            "a volume of learning counts hours of study, like 40 hours; weeks and months belong in 'duration'"
        )
    if not (duration.hours or duration.minutes):
        raise ValueError("a volume of learning is more than nothing")
    return duration


Workload = Annotated[Duration, AfterValidator(_workload)]
"""A duration in hours and minutes: the study time of a learner who starts with little experience."""


_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}


def _how_to_price(text: str) -> str:
    """Say how to write a price; the currency is named only where the sign leaves no doubt."""
    sign = next((code for mark, code in _SIGNS.items() if mark in text), None)
    number = re.search(r"\d+(?:\.\d{1,2})?", text.replace(",", ""))
    if sign and number:
        return f"write {number[0]} {sign}"
    if "$" in text and number:
        return f"say which dollars: {number[0]} AUD, {number[0]} USD or another code of three letters"
    return "write Free, or the amount and the three letters of its currency, like 240 AUD"


class Concession(Model):
    """A lower price and who may have it."""

    name: Text = field("Who may have it.", "Concession card holders", REQUIRED)
    amount: Decimal = field(
        "The lower price, in the price's currency.", "60", REQUIRED, ge=0, le=_MOST, decimal_places=_FINEST
    )


class Price(Model):
    """What a learner pays. ``amount`` is in ``currency``; nothing to pay is ``Free``."""

    amount: Decimal = field(
        "The full price for one learner.",
        "240",
        REQUIRED,
        schema="offers.price",
        ctdl="ceterms:price",
        ge=0,
        le=_MOST,
        decimal_places=_FINEST,
    )
    currency: CurrencyCode | None = field(
        "Three-letter ISO 4217 code. Needed unless it is free.",
        "AUD",
        schema="offers.priceCurrency",
        ctdl="ceterms:currency",
    )
    note: Text | None = field("Anything else about paying.", "Two instalments on request")
    subsidised: Flag = field("Say true when a government or employer pays a part.", "true", False)
    concession: tuple[Concession, ...] = field(
        "Lower prices and who may have them.", [{"name": "Concession card holders", "amount": "60"}], ()
    )
    financialAid: WebAddress | None = field(
        "Where help with paying is described.",
        "https://example.org/fee-help",
        schema="financialAidEligible",
        ctdl="ceterms:financialAssistance",
    )

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.strip().lower() in ("free", "0"):
            return {"amount": Decimal(0)}
        match = re.fullmatch(r"(?:([A-Z]{3})\s*)?(\d+(?:\.\d{1,2})?)(?:\s*([A-Z]{3}))?", value.strip())
        if not match or bool(match[1]) == bool(match[3]):
            raise ValueError(f"'{value}' is not a price; {_how_to_price(value)}")
        return {"amount": Decimal(match[2]), "currency": match[1] or match[3]}

    @model_validator(mode="after")
    def _has_currency(self) -> Price:
        if self.amount and not self.currency:
            raise ValueError("a price above nothing needs its currency, like AUD")
        return self

    def __str__(self) -> str:
        """As an author writes it: ``Free`` or ``240 AUD``."""
        return "Free" if self.is_free else f"{self.amount.normalize():f} {self.currency}"

    @property
    def is_free(self) -> bool:
        """Say whether there is nothing to pay."""
        return self.amount == 0


class CreditPoint(Model):
    """Points in a credit system."""

    framework: Text = field(
        "The credit system.", "ECTS", "credit points", ctdl="ceterms:creditUnitType", elm="elm:framework"
    )
    point: Decimal = field(
        "How many.", "6", REQUIRED, ctdl="ceterms:value", elm="elm:point", gt=0, le=_MOST, decimal_places=_FINEST
    )

    def __str__(self) -> str:
        """The points and their system: ``6 ECTS``."""
        return f"{self.point.normalize():f} {self.framework}"

    of: Decimal | None = field(
        "Out of how many in the whole qualification.", "96", gt=0, le=_MOST, decimal_places=_FINEST
    )


class Level(Model):
    """A step in a levels framework, written ``AQF 3`` or as a mapping."""

    framework: Text = field("The framework's short name: AQF, EQF, or one set up in sitegen.yaml.", "AQF", REQUIRED)
    level: Text = field("The step, as the framework names it.", "3", REQUIRED, schema="educationalLevel")

    def __str__(self) -> str:
        """As an author writes it: ``AQF 3``."""
        return f"{self.framework} {self.level}"

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            framework, _, level = value.strip().partition(" ")
            if not level:
                raise ValueError(f"'{value}' is not a level; write the framework and the step, like AQF 3")
            return {"framework": framework, "level": level.strip()}
        return value
