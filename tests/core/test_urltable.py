"""The table of addresses, and the text that it is kept as."""

from __future__ import annotations

from dataclasses import replace

from sitegen.core.output import Route
from sitegen.core.urltable import UrlTable

PAGE = Route("/badges/a/", "html", "badge:a", "text/html; charset=utf-8", language="en", version="2")
DATA = Route("/badges/a/badge.json", "openbadges2", "badge:a", "application/json", role="badge", listed=False)
OTHER = Route("/été/", "html", "page:été", "text/html")
ROUTES = [OTHER, PAGE, DATA]


def test_a_table_comes_back_from_its_text_as_it_was() -> None:
    table = UrlTable(ROUTES)
    again = UrlTable.read(table.text)
    assert again.text == table.text
    assert list(again.items()) == list(table.items())
    assert again.of("badge:a") == (PAGE, DATA)
    assert UrlTable.read(again.text).urls == again.urls == {"/badges/a/", "/badges/a/badge.json", "/été/"}


def test_an_empty_table_comes_back_empty() -> None:
    assert UrlTable().text == ""
    assert (len(UrlTable.read("")), UrlTable.read("").urls) == (0, frozenset())


def test_what_is_asked_for_first_does_not_show() -> None:
    table = UrlTable.read(UrlTable(ROUTES).text)
    assert table.find("html", "page:été", "") == OTHER
    assert (table.text, len(table), table.urls) == (UrlTable(ROUTES).text, 3, UrlTable(ROUTES).urls)


def test_what_is_not_there_is_not_found() -> None:
    table = UrlTable.read(UrlTable(ROUTES).text)
    assert table.of("badge:z") == ()
    assert table.find("openbadges2", "badge:a", "") is None
    assert ("html", "badge:z", "") not in table


def test_a_route_that_differs_in_anything_gives_another_text() -> None:
    changes = [
        {"url": "/z/"}, {"format": "x"}, {"subject": "x"}, {"media_type": "x"}, {"role": "x"}, {"language": "x"},
        {"version": "x"}, {"listed": False},
    ]  # fmt: skip
    texts = {UrlTable([replace(PAGE, **change)]).text for change in changes}  # type: ignore[arg-type]  # any field
    assert len(texts | {UrlTable([PAGE]).text}) == len(changes) + 1
