"""The one place that asks what day it is."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def today_in(zone: str) -> date:
    """Return the day in a time zone, at SOURCE_DATE_EPOCH where that is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    # Eleven digits reach the year 5138; what is longer, or not digits, is no time.
    now = datetime.fromtimestamp(int(epoch), UTC) if re.fullmatch("[0-9]{1,11}", epoch) else datetime.now(UTC)
    return now.astimezone(ZoneInfo(zone)).date()
