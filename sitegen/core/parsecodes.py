"""What each code that a parse can report means, and how to mend it: for ``sitegen explain`` and the docs."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    "bad-escape": (
        "A backslash in double quotes that means nothing",
        "Between double quotes a backslash begins an escape such as \\n, so a Windows path or an emoji copied "
        "from a program can go wrong. Write two backslashes for one, put the value in single quotes, where a "
        "backslash is only a backslash, or type the character itself.",
    ),
    "bad-indentation": (
        "A line that does not line up",
        "The spaces at the start of a line say what it belongs to. Fields of one group begin in the same "
        "column, and what belongs to a field is two spaces further in. Move the line to the column of the "
        "fields it belongs to; if it is more of the text above, put the whole text in quotes.",
    ),
    "bad-merge": (
        "'<<' without fields to take over",
        "The key '<<' takes over the fields of another group, marked with '&name' and named with '*name'. "
        "What follows it must be such a group or a list of them. Name one, or delete the line.",
    ),
    "control-character": (
        "An invisible character",
        "Some characters cannot be seen and cannot be published: feeds and badge files that hold one are "
        "broken. They mostly come with text pasted from a PDF, a design program or an old document. Delete "
        "the character where the report points, and press Enter if a new line is meant.",
    ),
    "duplicate-key": (
        "The same field twice",
        "A field can be given once in a group; a second one would silently win or lose. Keep the right one "
        "and delete the other. For several values use one field with a list. A field that also comes in "
        "through '<<' is no repeat: the one written out wins.",
    ),
    "empty-file": (
        "A file with nothing in it",
        "A content file needs its fields: in Markdown between two lines '---' at the top, in YAML one "
        "'name: value' to a line. Write them, or delete the file.",
    ),
    "key-not-text": (
        "A field without a name",
        "What stands before a colon is the name of a field and has to be a word. A list or a group in its "
        "place is mostly text in curly or square brackets that needs quotes around it, such as a template "
        "placeholder.",
    ),
    "line-too-long": (
        "A line that is far too long",
        "A line may have 100,000 characters. A longer one is mostly an image pasted in as data: save it as a "
        "file beside the content and name the file.",
    ),
    "list-in-text": (
        "A list item that became text",
        "A line that begins with '-' but does not line up with the list, or stands below a field that already "
        "has a value, is read as more of the text above. Line up the '-' with the other items and put a space "
        "after it. If it is meant as text, put the text in quotes.",
    ),
    "lost-after-hash": (
        "Text that is left out because of a '#'",
        "A '#' after a space begins a comment, and the rest of the line is not read: 'Course #1' becomes "
        "'Course', and a colour such as #0a7d5a becomes nothing. Put the value in quotes. If a comment is "
        "meant, put a space after the '#'.",
    ),
    "misplaced-list-item": (
        "A list where none can be",
        "A list stands below a field that has nothing after its colon, each item on a line of its own that "
        "begins with '- ', two spaces further in. A short list can also stand behind the colon in square "
        "brackets: [one, two].",
    ),
    "missing-colon": (
        "A line that is no field",
        "Each line gives a field as 'name: value', or goes on with what is above it and is then indented. "
        "Put in the colon, or indent the line by two spaces if it is more of the text above.",
    ),
    "missing-comma": (
        "Two items without a comma between them",
        "In square or curly brackets a comma parts the items. Put one in. An item that holds quotation marks "
        "or brackets of its own needs quotes around all of it.",
    ),
    "missing-front-matter": (
        "A Markdown file without front matter",
        "The first line of a content file is '---', three hyphens and nothing else; then come the fields, "
        "then again a line '---', then the text. A word processor may have turned the hyphens into a dash. "
        "Nothing, not even an empty line, may stand above.",
    ),
    "missing-item": (
        "A comma without an item",
        "In square or curly brackets there is an item between two commas. Write it, or delete the comma that "
        "is one too many.",
    ),
    "missing-space": (
        "No space after the colon",
        "A colon ends the name of a field only if a space follows: 'title: Food safety'. A special space "
        "pasted from a web page and the wide colon of Chinese and Japanese keyboards do not count. Type an "
        "ordinary colon and an ordinary space.",
    ),
    "needs-quotes": (
        "A value that begins with a special character",
        "The characters @ ` % & * ! | > [ ] { } , and ? at the start of a value mean something to YAML. Put "
        "the whole value in quotes to make it text.",
    ),
    "not-a-mapping": (
        "Data that is not fields",
        "The data of a file is fields, one 'name: value' to a line. A list or a plain text in their place is "
        "mostly a missing name or a missing space after a colon.",
    ),
    "not-text": (
        "A file that is not text",
        "Content files are plain text. This one is an image or a document with the wrong ending. Copy its "
        "text into a new file in a text editor, or move it out of the content folder.",
    ),
    "not-utf8": (
        "A file in another encoding than UTF-8",
        "Text files are saved in an encoding, and a site needs UTF-8, which holds every language. In your "
        "editor choose 'Save as' or 'Save with encoding' and pick UTF-8. Then look at letters with accents, "
        "quotation marks and dashes: they may have to be typed again.",
    ),
    "odd-space": (
        "A space that is not an ordinary one",
        "Text copied from a web page or a word processor may hold spaces that look ordinary and are not, so "
        "that the name of a field is not recognised and the line is not indented. Delete the spaces around "
        "the name and type them again.",
    ),
    "several-documents": (
        "More than one document in a file",
        "A line '---' or '...' in a YAML file begins another document, and only one is read. Delete the line. "
        "If Markdown follows it, the file has to end in .md and to begin with '---'.",
    ),
    "tab-indent": (
        "A tab at the start of a line",
        "YAML takes only spaces for indentation, because a tab is as wide as each editor likes. Put two "
        "spaces for each level; most editors can convert them all at once ('Convert indentation to spaces').",
    ),
    "text-after-bracket": (
        "Text after a closing bracket",
        "A value that begins with a bracket is a list or a group and ends at the closing bracket. If the "
        "value is text that happens to begin with a bracket, put all of it in quotes.",
    ),
    "text-after-quote": (
        "Text after a closing quotation mark",
        "A value that begins with a quotation mark ends at the next one of its kind. If the text holds an "
        "apostrophe, use double quotes around it; if it holds double quotes, use single ones.",
    ),
    "toml-front-matter": (
        "Front matter in TOML",
        "Front matter between lines '+++' is TOML, as some other generators use it. Write '---' in place of "
        "'+++', and 'name: value' in place of 'name = value'.",
    ),
    "too-deep": (
        "Too many levels",
        "Lists and groups may stand inside each other 50 levels deep. Content never needs as many: the file "
        "is probably damaged or made by a program.",
    ),
    "too-large": (
        "A file that is too large",
        "Front matter may have 256 KiB, the Markdown below it or a YAML file 2 MiB. Split the content into "
        "several files, and keep images in files of their own.",
    ),
    "too-many-values": (
        "Too many values",
        "A file may hold 20,000 values, counting a value again each time a '*name' repeats it. Split the "
        "file, or repeat less.",
    ),
    "unclosed-bracket": (
        "A bracket that is never closed",
        "A list that begins with '[' ends with ']', and a group that begins with '{' ends with '}'. Add the "
        "closing bracket. If the value is text that happens to begin with a bracket, put it in quotes. A '#' "
        "in the list begins a comment that hides the closing bracket: put that item in quotes.",
    ),
    "unclosed-front-matter": (
        "Front matter that never ends",
        "A line '---', three hyphens and nothing else, has to stand between the fields and the text. Without "
        "it the whole text would be read as fields.",
    ),
    "unclosed-quote": (
        "A quotation mark that is never closed",
        "A value that begins with a quotation mark ends with the same one. Add it at the end of the value.",
    ),
    "unknown-alias": (
        "A '*name' that repeats nothing",
        "A value that begins with '*' repeats one that is marked with '&' and the same name further up. Mark "
        "that value, or put the text in quotes if the '*' is part of it, as in Markdown emphasis.",
    ),
    "unquoted-colon": (
        "A colon in a value without quotes",
        "A colon followed by a space parts a field's name from its value, so a value that holds one, such as "
        "'Food: safe', needs quotes around it: title: \"Food: safe\".",
    ),
    "yaml-directive": (
        "An instruction to YAML",
        "A line at the top that begins with '%', such as '%YAML 1.2', tells a YAML program how to read the "
        "file. It is not needed here. Delete it.",
    ),
    "yaml-syntax": (
        "A line that cannot be read",
        "The line is not sound YAML, and it is not plain what was meant. Write one 'name: value' to a line, "
        "line up the fields of a group, and put text that holds marks such as : # [ { in quotes.",
    ),
    "yaml-tag": (
        "A YAML tag",
        "A value that begins with '!' has a tag, which in other programs chooses a type or even runs code. "
        "Here each field knows its own type, and nothing is run. Delete the tag, or put the value in quotes "
        "if the '!' is part of the text.",
    ),
}
"""A title and an explanation for each code."""
