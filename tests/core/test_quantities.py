from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sitegen.core.quantities import CreditPoint, Duration, Level, Price, Workload


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("40 hours", "PT40H"),
        ("PT40H", "PT40H"),
        ("6 weeks", "P6W"),
        ("P6W", "P6W"),
        ("1 hour 30 minutes", "PT1H30M"),
        ("2.5 hours", "PT2.5H"),
        ("PT2.5H", "PT2.5H"),
        ("5 years", "P5Y"),
        ("1 year, 6 months", "P1Y6M"),
        ("6 weeks and 2 days", "P6W2D"),
        ("90 min", "PT90M"),
        ("3 hrs", "PT3H"),
        ("8h", "PT8H"),
    ],
)
def test_a_duration_is_read_as_people_and_as_iso_8601_write_it(written: str, iso: str) -> None:
    assert Duration.model_validate(written).iso == iso


@pytest.mark.parametrize(
    "written",
    [
        "soon", "", "40", "P", "PT", "hours", "1.5 weeks", "2 hours 3 hours", "-3 hours", "3 bananas", "∞ hours",
        "40 hourſ", "3 mınutes", "9" * 5000 + " days", "9" * 5000 + " hours", "0.00000001 hours",
    ],
)  # fmt: skip
def test_what_is_not_a_duration_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Duration.model_validate(written)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.decimals(0, 999, places=1), st.integers(0, 59))
def test_a_duration_survives_its_own_iso_text(
    years: int, months: int, weeks: int, hours: Decimal, minutes: int
) -> None:
    duration = Duration(years=years, months=months, weeks=weeks, hours=hours, minutes=minutes)
    again = Duration.model_validate(duration.iso)
    assert again.iso == duration.iso
    assert again.total_hours == duration.total_hours


def test_a_volume_of_learning_in_weeks_is_refused_and_the_message_names_the_right_field() -> None:
    with pytest.raises(ValidationError, match="weeks and months belong in 'duration'"):
        TypeAdapter(Workload).validate_python("6 weeks")


def test_minutes_carry_over_when_durations_are_added() -> None:
    assert (Duration.model_validate("1 hour 40 minutes") + Duration.model_validate("30 minutes")).iso == "PT2H10M"


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("Free", 0, None),
        ("free", 0, None),
        ("240 AUD", 240, "AUD"),
        ("AUD 240", 240, "AUD"),
        ("95.50 EUR", "95.50", "EUR"),
    ],
)
def test_a_price_is_read_as_people_write_it(written: str, amount: object, currency: str | None) -> None:
    price = Price.model_validate(written)
    assert (price.amount, price.currency) == (Decimal(str(amount)), currency)
    assert price.is_free is (price.amount == 0)


@pytest.mark.parametrize("written", ["240", "$240", "240 aud", "AUD 240 AUD", "about 240 AUD", "1,200 AUD", "-5 AUD"])
def test_a_price_without_a_clear_amount_and_currency_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate(written)


def test_a_level_is_written_as_framework_and_step() -> None:
    assert Level.model_validate("AQF 3") == Level(framework="AQF", level="3")
    assert Level.model_validate("RQF Entry 2") == Level(framework="RQF", level="Entry 2")
    with pytest.raises(ValidationError, match="write the framework and the step"):
        Level.model_validate("AQF3")


@pytest.mark.parametrize("point", ["0", "-1", "NaN", "Infinity", "six"])
def test_credit_points_are_a_positive_number(point: str) -> None:
    with pytest.raises(ValidationError):
        CreditPoint.model_validate({"framework": "ECTS", "point": point})


def test_a_sum_may_be_larger_than_what_one_author_may_write() -> None:
    most = Duration.model_validate("1000000 hours 59 minutes")
    assert (most + most).iso == "PT2000001H58M"


@pytest.mark.parametrize("amount", ["1e-400", "1E-999999999999999999", "0.0000001"])
def test_an_amount_too_fine_to_print_is_refused(amount: str) -> None:
    with pytest.raises(ValidationError):
        Price.model_validate({"amount": amount, "currency": "AUD"})
    with pytest.raises(ValidationError):
        CreditPoint.model_validate({"point": amount})
