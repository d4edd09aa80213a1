"""Page: free Markdown, such as 'About our credentials'."""

from __future__ import annotations

from typing import ClassVar, Literal

from sitegen.core.kind import Kind
from sitegen.core.model import Image, Record, field


class Page(Record):
    """A page of text."""

    KIND: ClassVar[str] = "page"

    menu: Literal["main", "footer", "none"] = field("Where the page is linked from.", "footer", "footer")
    order: int = field("Its place in that menu, small numbers first.", "10", 100)
    image: Image | None = field("A picture.", {"id": "img/harbour.jpg", "caption": "A harbour"}, schema="image")


KIND = Kind(name="page", folder="pages", model=Page, summary="A page of text.")
