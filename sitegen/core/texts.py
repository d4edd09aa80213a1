"""Texts that fields take: checked where they are written, with a message for the person who wrote them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from sitegen.core.currencies import CURRENCIES
from sitegen.core.slug import is_slug


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#<>\"{}|\\^`]+(?:[/?#][^\s<>\"{}|\\^`]*)?", text):
        raise ValueError("a web address starts with https:// and has no spaces")
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>.]+(\.[^@\s<>.]+)+", text):
        raise ValueError("an e-mail address looks like badges@example.org")
    return text


def _telephone(text: str) -> str:
    if not re.fullmatch(r"\+[1-9]\d{6,14}", text):
        raise ValueError("a telephone number is written with its country code and no spaces, like +61855501200")
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", text):
        raise ValueError("a host is a bare name like lms.example.org: no https://, no port, no path")
    return text


_LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "maori": "mi",
    "norwegian": "nb",
    "polish": "pl",
    "portuguese": "pt",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "welsh": "cy",
}
"""Names that people write in place of a tag."""


def _language(text: str) -> str:
    # The pattern of the Open Badges 3.0 JSON Schema for inLanguage.
    if not re.fullmatch(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", text):
        tag = _LANGUAGES.get(text.strip().casefold())
        raise ValueError(f"a language is a tag: {tag}" if tag else "a language is a tag like en, en-AU or zh-Hant")
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError("an id has only small letters a to z, digits and single hyphens, like food-safety-1")
    return text


def _currency(text: str) -> str:
    if text not in CURRENCIES:
        raise ValueError(f"'{text}' is no currency of ISO 4217; write its three capital letters, like AUD")
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError("a country is its two-letter ISO code in capitals, like AU or NO")
    return text


def _yes_or_no(value: Any) -> Any:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(value, str):
        if value.lower() not in words:
            raise ValueError("this is either true or false")
        return words[value.lower()]
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a date is written year-month-day, like 2027-02-15")
    return value


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except Exception:  # the library raises four unrelated types for a bad name
        raise ValueError(f"'{text}' is not a time zone; write one like Australia/Adelaide") from None
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
EmailAddress = Annotated[str, AfterValidator(_email)]
Telephone = Annotated[str, AfterValidator(_telephone)]
HostName = Annotated[str, AfterValidator(_host)]
LanguageTag = Annotated[str, AfterValidator(_language)]
Slug = Annotated[str, AfterValidator(_slug)]
CurrencyCode = Annotated[str, AfterValidator(_currency)]
TimeZone = Annotated[str, AfterValidator(_zone)]
CountryCode = Annotated[str, AfterValidator(_country)]
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1)]
