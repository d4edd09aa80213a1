"""Writes the reference pages that are made from the code: docs/reference/*.md.

Run it after a change to a model, a setting or a code::

    python tools/make_reference.py
"""

from __future__ import annotations

from pathlib import Path

from sitegen.reference.pages import pages

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def main() -> None:
    """Write every page, and say which of them changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(FOLDER.parent.parent)}")


if __name__ == "__main__":
    main()
