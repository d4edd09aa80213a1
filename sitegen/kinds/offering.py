"""Offering: one run of a course (schema.org CourseInstance)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from sitegen.core.model import REQUIRED, Model, field
from sitegen.core.quantities import Price
from sitegen.core.texts import Day, LanguageTag, Slug, Text, TimeZone, WebAddress
from sitegen.kinds.common import Mode


def _moment(value: Any) -> Any:
    """A day, or a local time without its own offset: the offering's zone says where."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("this is a day or time; write 2027-02-15 or 2027-02-15 18:00")
    text = value.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", text):
            return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{value}' is not in the calendar or on the clock") from None
    raise ValueError(f"'{value}' is not a day or time; write 2027-02-15 or 2027-02-15 18:00")


Moment = Annotated[datetime | date, BeforeValidator(_moment)]


class Place(Model):
    """Where people meet (schema.org Place)."""

    name: Text = field("What the place is called.", "Port Harbourside, Kitchen 2", REQUIRED, schema="location.name")
    address: Text | None = field("Its street address.", "12 Jetty Road, Port Harbourside SA 5606", schema="address")
    url: WebAddress | None = field("A map or description.", "https://harbourside.example/kitchen-2")


class Offering(Model):
    """One run of a course (schema.org CourseInstance)."""

    id: Slug | None = field("A name for links to this run.", "2027-feb")
    name: Text | None = field("What this run is called.", "Evening group")
    startDate: Moment | None = field(
        "First day, or first meeting with its local time. None when one can start any time.",
        "2027-02-15 18:00",
        schema="startDate",
    )
    endDate: Moment | None = field("Last day.", "2027-03-15", schema="endDate")
    timezone: TimeZone | None = field(
        "The zone of its times. The site's zone when left out.",
        "Australia/Adelaide",
        schema="scheduleTimezone",
    )
    schedule: Text | None = field("When people meet.", "Mondays 6 to 8 pm", schema="courseSchedule")
    mode: Mode | None = field("How one takes part. The course's mode when left out.", "blended", schema="courseMode")
    location: Place | None = field("Where people meet.", {"name": "Kitchen 2"}, schema="location")
    inLanguage: LanguageTag | None = field("The language it is taught in.", "en", schema="inLanguage")
    price: Price | None = field("Its price, where it differs from the course's.", "255 AUD", schema="offers")
    enrolmentStart: Day | None = field("First day to enrol.", "2026-12-01", schema="offers.validFrom")
    enrolmentEnd: Day | None = field("Last day to enrol.", "2027-02-08", schema="offers.validThrough")
    enrolUrl: WebAddress | None = field("Where one enrols.", "https://lms.example.org/enrol/117", schema="offers.url")
    capacity: int | None = field("How many can take part.", "16", schema="maximumAttendeeCapacity", gt=0)
    placesLeft: int | None = field("How many places are left.", "6", schema="remainingAttendeeCapacity", ge=0)
    status: Literal["open", "full", "cancelled"] = field("How it stands.", "open", "open", schema="eventStatus")

    @model_validator(mode="after")
    def _in_order(self) -> Offering:
        if self.startDate and self.endDate and _as_day(self.endDate) < _as_day(self.startDate):
            raise ValueError(f"it ends on {_as_day(self.endDate)}, before it starts on {_as_day(self.startDate)}")
        if self.status == "full" and self.placesLeft:
            raise ValueError(f"it is full, yet {self.placesLeft} places are left")
        if self.status == "open" and self.placesLeft == 0:
            raise ValueError("no places are left, so its status is full")
        if self.enrolmentStart and self.enrolmentEnd and self.enrolmentEnd < self.enrolmentStart:
            raise ValueError("enrolment ends before it starts")
        if self.capacity is not None and (self.placesLeft or 0) > self.capacity:
            raise ValueError(f"{self.placesLeft} places are left of only {self.capacity}")
        return self

    @property
    def starts_on(self) -> date | None:
        """The day it starts, or None when one can start any time."""
        return _as_day(self.startDate) if self.startDate else None

    @property
    def ends_on(self) -> date | None:
        """The last day known of it."""
        return _as_day(self.endDate) if self.endDate else self.starts_on


def _as_day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
