"""Numbers, dates, money and durations as people of a language say them, and the words between.

Everything depends on the language tag that is passed in, never on the machine's own locale. Patterns are
those of CLDR by way of Babel; where English says it shorter ('Free', 'Mon 15 Feb 2027, 6 pm'), so do we.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from sitegen.core.quantities import CreditPoint, Duration, Price

KEPT = 4096
"""How many results of one function are kept: a catalogue has few different days, prices and lengths."""

_UNITS = ("year", "month", "week", "day", "hour", "minute")


@dataclass(frozen=True, eq=False)
class Language:
    """A language to write a page in: its tag as authors write it, its Babel locale and its words.

    Two are the same only when they are one and the same, so that what one says of a value can be kept cheaply.

    ``translations`` is a gettext catalogue; the null catalogue leaves the English of the templates.
    """

    tag: str
    locale: Locale
    translations: NullTranslations = field(default_factory=NullTranslations)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, for the ``dir`` attribute."""
        return str(self.locale.text_direction)

    @cached_property
    def opengraph(self) -> str:
        """The tag as Open Graph writes it: ``en_AU``."""
        return self.tag.replace("-", "_")

    def say(self, message: str, /, **values: object) -> str:
        """Return a message in this language with its ``%(name)s`` filled in."""
        text = self.translations.gettext(message)
        return text % values if values else text

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the singular or plural of a message; ``%(n)s`` is the number, grouped."""
        return self.translations.ngettext(one, many, number) % {"n": self.number(number), **values}

    def number(self, value: Decimal | int) -> str:
        """Return a number with its digits grouped: ``1,284``."""
        return _number(self, value)

    def listing(self, items: Iterable[str]) -> str:
        """Return items as one phrase: ``a, b and c``."""
        kept = tuple([item for item in items if item])
        # A text that is marked as safe equals one that is not, and must not be taken for it.
        plain = all(type(item) is str for item in kept)
        return _listing(self, kept) if plain else format_list(kept, locale=self.locale)

    def name_of(self, tag: str) -> str:
        """Return what this language calls another: ``Arabic``."""
        return language(tag).locale.get_display_name(self.locale) or tag

    def country(self, code: str) -> str:
        """Return the name of a country by its two-letter code."""
        return str(self.locale.territories.get(code, code))


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """Return the language for a BCP 47 tag; parts that CLDR does not know are left off from the right."""
    parts = tag.split("-")
    while parts:
        try:
            return Language(tag, Locale.parse("_".join(parts)))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Language(tag, Locale("en"))


@lru_cache(maxsize=KEPT)
def _number(words: Language, value: Decimal | int) -> str:
    return format_decimal(value.normalize() if isinstance(value, Decimal) else value, locale=words.locale)


@lru_cache(maxsize=KEPT)
def _listing(words: Language, items: tuple[str, ...]) -> str:
    return format_list(items, locale=words.locale)


@lru_cache(maxsize=KEPT)
def money(words: Language, amount: Decimal, currency: str) -> str:
    """Return an amount with its currency, without cents where there are none: ``$240``, ``$240.50``."""
    if amount != amount.to_integral_value():
        return format_currency(amount, currency, locale=words.locale)
    pattern = copy.copy(words.locale.currency_formats["standard"])
    pattern.frac_prec = (0, 0)
    return format_currency(amount, currency, format=pattern, locale=words.locale, currency_digits=False)


def price(words: Language, value: Price) -> str:
    """Return what a learner pays: ``Free`` or ``$240``."""
    return words.say("Free") if value.is_free else money(words, value.amount, value.currency or "")


def price_range(words: Language, low: Decimal, high: Decimal, currency: str | None) -> str:
    """Return ``Free``, ``$240`` or ``$1,180 to $1,320``."""
    if not high or not currency:
        return words.say("Free")
    if low == high:
        return money(words, low, currency)
    least = money(words, low, currency) if low else words.say("Free")
    return words.say("%(low)s to %(high)s", low=least, high=money(words, high, currency))


def lowest_price(words: Language, prices: Iterable[Price]) -> str:
    """Return the one price there is, or ``From $240`` where there are several; empty for none."""
    known = list(prices)
    if len(known) == 1:
        return price(words, known[0])
    known.sort(key=lambda p: (p.amount, p.currency or ""))
    if not known:
        return ""
    least = price(words, known[0])
    if all((p.amount, p.currency) == (known[0].amount, known[0].currency) for p in known):
        return least
    return least if known[0].is_free else words.say("From %(price)s", price=least)


def duration(words: Language, value: Duration) -> str:
    """Return a length of time: ``5 years``, ``1 hour and 30 minutes``."""
    return _duration(words, value.years, value.months, value.weeks, value.days, value.hours, value.minutes)


@lru_cache(maxsize=KEPT)
def _duration(words: Language, *numbers: Decimal | int) -> str:
    return words.listing(_unit(words, number, unit) for number, unit in zip(numbers, _UNITS, strict=True) if number)


def hours(words: Language, low: Decimal, high: Decimal | None = None) -> str:
    """Return study time: ``20 hours``, ``1.5 hours`` or ``112 to 124 hours``."""
    if high is None or low == high:
        return _unit(words, low.quantize(Decimal("0.1")).normalize(), "hour")
    return words.say("%(low)s to %(high)s", low=words.number(low), high=hours(words, high))


def length(words: Language, study: Duration | None, elapsed: Duration | None) -> str:
    """Return ``20 hours over 4 weeks``, or the one of the two that is known, or nothing."""
    if study and elapsed:
        return words.say("%(hours)s over %(time)s", hours=duration(words, study), time=duration(words, elapsed))
    known = study or elapsed
    return duration(words, known) if known else ""


def day(words: Language, value: date, *, weekday: bool = False, year: bool = True) -> str:
    """Return a date: ``15 February 2027``, with the weekday ``Mon 15 Feb 2027``, without a year ``Mon 15 Feb``."""
    # Days that are equal are the same day; times of day that are equal may be of two zones, and of two days there.
    return _day(words, value, weekday, year) if type(value) is date else _day.__wrapped__(words, value, weekday, year)


@lru_cache(maxsize=KEPT)
def _day(words: Language, value: date, weekday: bool, year: bool) -> str:
    if not weekday and year:
        return format_date(value, "long", locale=words.locale)
    skeleton = ("yMMMEd" if year else "MMMEd") if weekday else "MMMd"
    text = format_skeleton(skeleton, value, locale=words.locale)
    # English puts a comma after the weekday in some territories; a list of dates reads better without.
    return re.sub(r"^(\w{3}), (?=\d)", r"\1 ", text)


@lru_cache(maxsize=KEPT)
def clock(words: Language, value: time) -> str:
    """Return a time of day, without minutes where a 12-hour clock has none: ``6 pm``, ``6:30 pm``, ``18:00``."""
    if value.minute == 0 and "a" in words.locale.time_formats["short"].pattern:
        text = format_skeleton("h", value, locale=words.locale)
    else:
        text = format_time(value, "short", locale=words.locale)
    return re.sub(r"[\s\u202f\u00a0]", "\u00a0", text)


def moment(words: Language, value: date | datetime, *, year: bool = True) -> str:
    """Return when something starts: ``Mon 15 Feb 2027``, with a time ``Mon 15 Feb 2027, 6 pm``."""
    if not isinstance(value, datetime):
        return day(words, value, weekday=True, year=year)
    on = day(words, value.date(), weekday=True, year=year)
    return words.say("%(day)s, %(time)s", day=on, time=clock(words, value.timetz().replace(tzinfo=None)))


@lru_cache(maxsize=KEPT)
def zone(words: Language, name: str) -> str:
    """Return how people name a time zone: ``Adelaide time``."""
    if name in ("UTC", "Etc/UTC"):
        return "UTC"
    city = get_timezone_location(ZoneInfo(name), locale=words.locale, return_city=True)
    return words.say("%(city)s time", city=city)


def credit(words: Language, value: CreditPoint) -> str:
    """Return credit: ``6 ECTS``, ``24 of 96 credit points``."""
    point = words.number(value.point)
    if value.of:
        point = words.say("%(part)s of %(whole)s", part=point, whole=words.number(value.of))
    if value.framework == "credit points":
        unit = words.translations.ngettext("credit point", "credit points", 1 if value.point == 1 else 2)
    else:
        unit = value.framework
    return f"{point} {unit}"


@lru_cache(maxsize=KEPT)
def _unit(words: Language, number: Decimal | int, unit: str) -> str:
    value = number.normalize() if isinstance(number, Decimal) else number
    text = format_unit(value, f"duration-{unit}", locale=words.locale)
    if "duration-" in text:
        # Some languages spell out no long form (Japanese, Chinese, Korean): their short one is the usual one.
        text = format_unit(value, f"duration-{unit}", length="short", locale=words.locale)
    return text
