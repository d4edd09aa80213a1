from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal
from gettext import NullTranslations

import pytest
from markupsafe import Markup

from sitegen.core.i18n import (
    Language,
    clock,
    credit,
    day,
    duration,
    hours,
    language,
    length,
    lowest_price,
    moment,
    money,
    price,
    price_range,
    zone,
)
from sitegen.core.quantities import CreditPoint, Duration, Price

AU = language("en-AU")
US = language("en-US")


def lasting(text: str) -> Duration:
    return Duration.model_validate(text)


def costing(text: str) -> Price:
    return Price.model_validate(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PT20H", "20 hours"),
        ("1 hour", "1 hour"),
        ("1.5 hours", "1.5 hours"),
        ("1 hour 30 minutes", "1 hour and 30 minutes"),
        ("P5Y", "5 years"),
        ("P1Y6M", "1 year and 6 months"),
    ],
)
def test_a_duration_is_said_in_the_units_its_author_gave(text: str, said: str) -> None:
    assert duration(AU, lasting(text)) == said


def test_study_time_and_elapsed_time_are_said_together_or_alone() -> None:
    study, elapsed = lasting("20 hours"), lasting("4 weeks")
    assert length(AU, study, elapsed) == "20 hours over 4 weeks"
    assert (length(AU, study, None), length(AU, None, elapsed), length(AU, None, None)) == ("20 hours", "4 weeks", "")


def test_a_range_of_hours_with_equal_ends_is_one_number() -> None:
    assert hours(AU, Decimal(112), Decimal(124)) == "112 to 124 hours"
    assert hours(AU, Decimal(20), Decimal("20.0")) == "20 hours"
    assert hours(AU, Decimal(1) / 3) == "0.3 hours"


def test_a_price_has_cents_only_where_there_are_some() -> None:
    assert price(AU, costing("240 AUD")) == "$240"
    assert price(AU, costing("240.50 AUD")) == "$240.50"
    assert price(AU, costing("1180 AUD")) == "$1,180"
    assert price(AU, costing("Free")) == "Free"


def test_the_same_dollar_is_another_countrys_elsewhere() -> None:
    assert money(US, Decimal(240), "AUD") == "A$240"
    assert money(language("de"), Decimal(1180), "EUR") == "1.180\u00a0€"


def test_several_prices_begin_with_from_and_one_does_not() -> None:
    assert lowest_price(AU, [costing("255 AUD"), costing("240 AUD")]) == "From $240"
    assert lowest_price(AU, [costing("240 AUD"), costing("240 AUD")]) == "$240"
    assert lowest_price(AU, [costing("Free"), costing("240 AUD")]) == "Free"
    assert lowest_price(AU, []) == ""


def test_a_range_of_prices_says_free_at_its_lower_end() -> None:
    assert price_range(AU, Decimal(1180), Decimal(1320), "AUD") == "$1,180 to $1,320"
    assert price_range(AU, Decimal(0), Decimal(60), "AUD") == "Free to $60"
    assert price_range(AU, Decimal(0), Decimal(0), None) == "Free"


def test_dates_are_said_as_people_write_them() -> None:
    when = date(2027, 2, 15)
    assert day(AU, when) == "15 February 2027"
    assert day(AU, when, weekday=True) == "Mon 15 Feb 2027"
    assert day(AU, when, weekday=True, year=False) == "Mon 15 Feb"
    assert day(AU, when, year=False) == "15 Feb"
    assert day(US, when, weekday=True) == "Mon, Feb 15, 2027"


def test_a_full_hour_is_said_without_minutes_where_clocks_have_twelve_hours() -> None:
    assert moment(AU, datetime.fromisoformat("2027-02-15T18:00")) == "Mon 15 Feb 2027, 6\u00a0pm"
    assert moment(AU, datetime.fromisoformat("2027-02-15T18:30")) == "Mon 15 Feb 2027, 6:30\u00a0pm"
    assert moment(AU, date(2027, 2, 15)) == "Mon 15 Feb 2027"
    assert clock(language("de"), time(18)) == "18:00"
    assert clock(language("en-GB"), time(18)) == "18:00"


def test_a_time_zone_goes_by_its_city() -> None:
    assert zone(AU, "Australia/Adelaide") == "Adelaide time"
    assert zone(AU, "UTC") == "UTC"


def test_credit_names_its_system_and_its_whole() -> None:
    assert credit(AU, CreditPoint(point=Decimal(24), of=Decimal(96))) == "24 of 96 credit points"
    assert credit(AU, CreditPoint(point=Decimal(1))) == "1 credit point"
    assert credit(AU, CreditPoint(framework="ECTS", point=Decimal("1.5"))) == "1.5 ECTS"


def test_a_language_without_a_long_form_of_hours_uses_its_short_one() -> None:
    assert duration(language("ja"), lasting("20 hours")) == "20 時間"
    assert duration(language("zh-Hant"), lasting("4 weeks")) == "4 週"


@pytest.mark.parametrize(("tag", "direction"), [("en-AU", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("ja", "ltr")])
def test_a_language_knows_which_way_it_is_written(tag: str, direction: str) -> None:
    assert language(tag).direction == direction


@pytest.mark.parametrize(
    ("tag", "known"), [("en-ZZ", "en_US"), ("xx", "en"), ("zz-Latn-QQ", "en"), ("es-419", "es_419")]
)
def test_a_tag_that_nobody_knows_falls_back_to_what_is_known_of_it(tag: str, known: str) -> None:
    found = language(tag)
    assert (str(found.locale), found.tag) == (known, tag)


def test_words_come_from_the_catalogue_of_the_language() -> None:
    class Norwegian(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Free": "Gratis", "%(hours)s over %(time)s": "%(hours)s på %(time)s"}.get(message, message)

    nb = Language("nb", language("nb").locale, Norwegian())
    assert price(nb, costing("Free")) == "Gratis"
    assert length(nb, lasting("20 hours"), lasting("4 weeks")) == "20 timer på 4 uker"


def test_counts_choose_singular_or_plural_and_group_digits() -> None:
    assert AU.count("%(n)s badge", "%(n)s badges", 1) == "1 badge"
    assert AU.count("%(n)s badge", "%(n)s badges", 1284) == "1,284 badges"


def test_names_of_languages_and_countries_are_those_of_the_reader() -> None:
    assert (AU.name_of("ar"), AU.country("NO"), AU.country("XX")) == ("Arabic", "Norway", "XX")
    assert AU.listing(["a", "", "b", "c"]) == "a, b and c"


def test_the_environment_of_the_machine_does_not_show() -> None:
    program = (
        "from sitegen.core.i18n import *; from decimal import Decimal; from datetime import date; "
        "a = language('en-AU'); print(money(a, Decimal('1234.5'), 'AUD'), day(a, date(2027, 2, 15)), a.number(1284))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={"LC_ALL": tag, "LANG": tag}, capture_output=True, check=True
        ).stdout
        for tag in ("C", "de_DE.UTF-8", "ar_EG.UTF-8")
    }
    assert said == {b"$1,234.50 15 February 2027 1,284\n"}


def test_what_was_said_of_one_language_is_not_said_in_another() -> None:
    assert [language(tag).number(1284) for tag in ("en", "de", "en")] == ["1,284", "1.284", "1,284"]
    assert language("en").listing(["a", "b"]) != language("de").listing(["a", "b"])


def test_equal_numbers_of_different_kinds_read_alike() -> None:
    words = language("en")
    assert words.number(Decimal("1.0")) == words.number(1) == "1"
    assert money(words, Decimal("240.00"), "AUD") == money(words, Decimal("240"), "AUD")


def test_text_that_is_safe_and_text_that_is_not_are_listed_apart() -> None:
    words = language("en")
    assert type(words.listing(["<b>"])) is str
    assert type(words.listing([Markup("<b>")])) is Markup
    assert type(words.listing(["<b>"])) is str
