"""The one place that asks what day it is."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_day(zone: str) -> float:
    """Return when the day ends in a time zone, in seconds since 1970; never, where SOURCE_DATE_EPOCH sets the day."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return float("inf")
    tomorrow = datetime.now(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).timestamp()


def today_in(zone: str) -> date:
    """Return the day in a time zone, at SOURCE_DATE_EPOCH where that is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    # Eleven digits reach the year 5138; what is longer, or not digits, is no time.
    now = datetime.fromtimestamp(int(epoch), UTC) if re.fullmatch("[0-9]{1,11}", epoch) else datetime.now(UTC)
    return now.astimezone(ZoneInfo(zone)).date()
