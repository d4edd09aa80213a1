"""Broken YAML in plain words: where libyaml stumbled, what the author most likely meant, how to mend it.

libyaml stops at its first complaint. So each fault also carries a mended form of the lines it is on;
reading again with those finds the next fault, and one run reports them all. The rules are tried in
order, each for one kind of mistake, and know libyaml and PyYAML by fragments of what either says.
"""

from __future__ import annotations

import re

from sitegen.core.yamlescapes import bad_escape
from sitegen.core.yamllines import (
    Entry,
    above,
    entry_of,
    indent_of,
    levels_above,
    open_bracket,
    quote_advice,
    quoted,
    shortened,
    stands_alone,
)
from sitegen.core.yamlquotes import open_quote
from sitegen.core.yamltrouble import NOT_NEXT, Fault, Trouble, trouble_of

_TIGHT = re.compile(r" *(?:- +){0,60}(?P<key>[^\W\d][\w-]{0,60})(?P<colon>:[\u00a0\u2007\u202f\u3000]?|：)(?!//)(?=\S)")
_EQUALS = re.compile(r" *(?:- +){0,60}[\w-]{1,60} *(?P<sign>=) *(?=\S)")
_CLOSERS = {"[": "]", "{": "}"}

# A character that means something to YAML where a value begins.
_NOT_FIRST = ("cannot start any token", "alphabetic or numeric", "node content", "keys are not allowed")
_READING_MARKS = ("scanning a block scalar", "scanning an a", "a tag", "parsing a node")

_WORDS = (
    ("document start", "this line does not belong to what is above it"),
    ("end of stream", "the text ends in the middle of a value"),
    ("directive", "a line that begins with '%' is an instruction to YAML, and none are used here"),
    ("too long", "a number or a name is too long here"),
)


def explain(problem: Exception, lines: list[str]) -> Fault:
    """Turn what PyYAML raised while it read ``lines`` into a fault."""
    trouble = trouble_of(problem, lines)
    for rule in _RULES:
        fault = rule(trouble)
        if fault:
            return fault
    return _anything_else(trouble)


def _tab(t: Trouble) -> Fault | None:
    line = t.line
    blank = line[: len(line) - len(line.lstrip(" \t"))]
    if not t.says("cannot start any token", "tab character") or "\t" not in blank or t.column > len(blank):
        return None
    unit = min((n for n in map(indent_of, t.lines) if n), default=2)
    column = blank.index("\t")
    message = "this line is indented with a tab, and YAML takes only spaces"
    hint = f"put {unit} spaces for each level in place of the tab"
    mended = blank.replace("\t", " " * unit) + line[len(blank) :]
    return t.mended("tab-indent", message, hint, (t.row, column), blank[column:], mended, sure=False)


def _brackets(t: Trouble) -> Fault | None:
    if "flow" not in t.context:
        return None
    at: tuple[int, int] | None = t.from_row, t.from_column
    if t.lines[t.from_row][t.from_column : t.from_column + 1] not in _CLOSERS:
        at = open_bracket(t.lines, t.row, t.column)
    if at is None:
        return None
    row, column = at
    rest = t.lines[row][column:].rstrip()
    opener, closer = rest[0], _CLOSERS[rest[0]]
    if closer in rest and row == t.row and t.column < column + len(rest):
        return _inside_brackets(t, column)
    hint = f"add '{closer}' after the last item, or put the value in quotes if it is text"
    if re.search(r"(?:^.|\s)#", rest):
        hint = "a '#' begins a comment that hides the rest of the line: put the item in quotes"
    return t.left_out("unclosed-bracket", f"this '{opener}' has no '{closer}'", hint, at, rest, t.row - 1)


def _inside_brackets(t: Trouble, opener: int) -> Fault:
    at, text = (t.row, t.column), t.line[t.column : t.column + 1]
    if t.says("node content") and text in ",]}":
        hint = "delete the extra comma, or write the item"
        return t.left_out("missing-item", "there is no item before this", hint, at, text)
    if text == ":":
        start = max(t.line.rfind(mark, opener, t.column) for mark in ",[{") + 1
        start += indent_of(t.line[start:])
        item = re.match(r"[^,\]}]*", t.line[start:])
        item_text = (item[0].rstrip() if item else "") or text
        message = "this item has a ':' followed by a space, which begins a field"
        return t.left_out("unquoted-colon", message, quote_advice(item_text, "the item"), (t.row, start), item_text)
    hint = "put a comma between items, and quotes around an item that holds marks"
    return t.left_out("missing-comma", "a comma is missing before this", hint, at, text)


def _colon(t: Trouble) -> Fault | None:
    if not t.says("mapping values are not allowed"):
        return None
    entry = entry_of(t.line)
    if entry is None or not entry.value or t.column < entry.start:
        return _stray_field(t)
    value = entry.value
    message = "this value has a ':' followed by a space, which begins another field"
    if value.endswith(":") and ": " not in value:
        message = "this value ends with a ':', which begins another field"
    start = entry.start
    if "- " in t.line[: entry.column] and " " in entry.key:
        # '- Level 3: food: safe' is an item of text: names of fields have no spaces.
        start, value = entry.column, t.line[entry.column :].rstrip()
    if not stands_alone(t.lines, t.row):
        hint = "put quotes around the whole text, on this line and those below"
        return t.left_out("unquoted-colon", message, hint, (t.row, start), value)
    if value[0] in "\"'[{&*!|>%@`?-" or " #" in value:
        return t.left_out("unquoted-colon", message, quote_advice(value), (t.row, start), value)
    line = t.line[:start] + quoted(value)
    return t.mended("unquoted-colon", message, quote_advice(value), (t.row, start), value, line)


def _stray_field(t: Trouble) -> Fault | None:
    """Explain a line that is a sound field, but stands where the text of the value above it goes on."""
    row = above(t.lines, t.row)
    if row is None:
        return None
    while (higher := above(t.lines, row)) is not None and _TIGHT.match(t.lines[row]) and _no_space(t, higher):
        row = higher
    tight = _no_space(t, row)
    if tight:
        return tight
    first = next((r for r in range(row, -1, -1) if entry_of(t.lines[r])), None)
    if first is None:
        return _missing_colon(t, row)
    field = entry_of(t.lines[first])
    name = f"'{shortened(field.key)}'" if field and field.key else "the list item"
    text = t.line.strip()
    message = f"this line is indented further than {name} above it, so it reads as more of its text"
    hint = "line it up with the fields it belongs to; if it is text, put the whole text in quotes"
    indent = field.column if field else 0
    mended = " " * indent + text
    return t.mended("bad-indentation", message, hint, (t.row, indent_of(t.line)), text, mended, sure=False)


def _simple_key(t: Trouble) -> Fault | None:
    if not t.says("expected ':'") or "simple key" not in t.context:
        return None
    return _no_space(t, t.from_row) or _missing_colon(t, t.from_row)


def _no_space(t: Trouble, row: int) -> Fault | None:
    line = t.lines[row]
    match = _TIGHT.match(line)
    if match is None or (entry_of(line) and ": " in line):
        return None
    colon = match["colon"]
    message = f"there is no space after '{match['key']}:'"
    hint = "put a space after the colon"
    if colon == "：":
        message, hint = f"the colon after '{match['key']}' is a full-width one", "type an ordinary colon and a space"
    elif len(colon) > 1:
        message = f"the space after '{match['key']}:' is not an ordinary one (U+{ord(colon[1]):04X})"
        hint = "delete it and type a space again"
    text = match[0].strip(" -")
    mended = line[: match.start("colon")] + ": " + line[match.end() :]
    return t.mended("missing-space", message, hint, (row, match.start("key")), text, mended)._replace(piece=True)


def _missing_colon(t: Trouble, row: int) -> Fault:
    line = t.lines[row]
    text, at = line.strip(), (row, indent_of(line))
    equals = _EQUALS.match(line)
    if equals:
        message, hint = "there is an '=' where YAML has a colon", "write 'name: value'"
        mended = line[: equals.start("sign")].rstrip() + ": " + line[equals.end() :]
        return t.mended("missing-colon", message, hint, at, text, mended)._replace(piece=True)
    hint = "write 'name: value', or indent the line by two spaces if it goes on with the text above"
    message = "this line has no colon, so it is not a field"
    return t.left_out("missing-colon", message, hint, at, text)


def _misplaced_list(t: Trouble) -> Fault | None:
    if not t.says("entries are not allowed"):
        return None
    entry = entry_of(t.line)
    name = f"'{shortened(entry.key)}:'" if entry and entry.key else "other text"
    at, text = (t.row, t.column), t.line[t.column :].rstrip()
    message = f"a list cannot begin on the same line as {name}"
    hint = "put each item on a line of its own below, or write them as [one, two]"
    return t.left_out("misplaced-list-item", message, hint, at, text)


def _first_character(t: Trouble) -> Fault | None:
    if not t.says(*_NOT_FIRST) and not any(words in t.context for words in _READING_MARKS):
        return None
    row, column = t.from_row, t.from_column
    line = t.lines[row]
    mark = line[column : column + 1]
    entry = entry_of(line)
    if not mark.strip():
        return None
    if entry is None or column < entry.start:
        message, text = f"a line cannot begin with '{mark}'", line[column:].rstrip()
        return t.left_out("needs-quotes", message, "put the text in quotes", (row, column), text)
    if column > entry.start:
        hint = "put the item in quotes"
        return t.left_out("needs-quotes", f"an item cannot begin with '{mark}'", hint, (row, column), mark)
    return _needs_quotes(t, row, entry)


def _needs_quotes(t: Trouble, row: int, entry: Entry) -> Fault:
    value, at = entry.value, (row, entry.start)
    code, message = "needs-quotes", f"a value cannot begin with '{value[0]}' unless it is in quotes"
    hint = quote_advice(value)
    if value[0] in "|>":
        message = f"nothing may follow the '{value[0]}' on its line: the text begins on the next line"
        hint = f"move the text to the next line, indented; or {hint}"
    if value[0] == "!":
        code = "yaml-tag"
    if not stands_alone(t.lines, row):
        return t.left_out(code, message, hint, at, value)
    return t.mended(code, message, hint, at, value, t.lines[row][: entry.start] + quoted(value))


def _text_after(t: Trouble) -> Fault | None:
    """Explain text behind the closing quotation mark or bracket of a value."""
    entry = entry_of(t.line)
    if not t.says(*NOT_NEXT) or entry is None or not entry.value or t.column <= entry.start:
        return None
    value, mark = entry.value, entry.value[0]
    if mark in "&*":
        return _needs_quotes(t, t.row, entry)
    if mark not in "\"'[{":
        return None
    at, text = (t.row, t.column), t.line[t.column :].rstrip()
    if mark in _CLOSERS:
        closer = _CLOSERS[mark]
        message = f"there is more text after the '{closer}'"
        hint = f"delete it if this is a list; if it is text, {quote_advice(value)}"
        if text[:1].isalnum() and stands_alone(t.lines, t.row):
            mended = t.line[: entry.start] + quoted(value)
            return t.mended("text-after-bracket", message, hint, at, text, mended)
        return t.left_out("text-after-bracket", message, hint, at, text)
    message = "there is more text after the closing quotation mark"
    if text.startswith(","):
        hint = f"if this is a list, put it in square brackets: [{value}]"
        return t.left_out("text-after-quote", message, hint, at, text)
    whole = value[1:-1] if value[-1] == mark else value
    hint = quote_advice(whole).replace("the value", "the whole value")
    mended = t.line[: entry.start] + quoted(whole)
    return t.mended("text-after-quote", message, hint, at, text, mended)


def _second_document(t: Trouble) -> Fault | None:
    row = next((r for r in range(t.row) if t.lines[r].startswith("...")), None)
    if row is None or not t.says("document start"):
        return None
    message, hint = "'...' ends a YAML document, and there is more below it", "delete this line"
    return t.mended("several-documents", message, hint, (row, 0), "...", "", sure=False)


def _indentation(t: Trouble) -> Fault | None:
    if not t.says(*NOT_NEXT) or t.line[: t.column].strip(" "):
        return None
    text, at = t.line[t.column :].rstrip(), (t.row, t.column)
    if text.startswith(":"):
        hint = "write 'name: value'"
        return t.left_out("key-not-text", "there is no field name before this colon", hint, at, text)
    levels = levels_above(t.lines, t.row)
    if t.column in levels:
        return _wrong_company(t, text)
    known = " or ".join(map(str, levels)) or "0"
    message = f"this line is indented by {_spaces(t.column)}, and the lines it could belong to by {known}"
    return t.left_out("bad-indentation", message, "line it up with the fields it belongs to", at, text)


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def _wrong_company(t: Trouble, text: str) -> Fault:
    at = t.row, t.column
    if text.startswith("-"):
        message = "a list item stands where a field is expected"
        hint = "a list goes below a field that has nothing after its colon; indent the items by two spaces"
        return t.left_out("misplaced-list-item", message, hint, at, text)
    message = "a list item is expected here, or a field of the item above"
    hint = "begin the line with '- ', or indent it to line up with the fields of the item above"
    return t.left_out("bad-indentation", message, hint, at, text)


def _anything_else(t: Trouble) -> Fault:
    row = t.row if t.line.strip() else above(t.lines, t.row) or 0
    line = t.lines[row]
    column = t.column if row == t.row and t.column < len(line) else indent_of(line)
    words = next((words for fragment, words in _WORDS if t.says(fragment)), "this cannot be read as YAML")
    hint = "write 'name: value', one field to a line, and put text that holds marks such as : # [ in quotes"
    return t.left_out("yaml-syntax", words, hint, (row, column), line[column:].rstrip())


_RULES = (
    _tab,
    bad_escape,
    open_quote,
    _brackets,
    _colon,
    _simple_key,
    _misplaced_list,
    _second_document,
    _text_after,
    _first_character,
    _indentation,
)
