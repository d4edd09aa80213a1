"""Where a reading of YAML stopped, and the fault it comes to, in rows and columns of the text read."""

from __future__ import annotations

from typing import NamedTuple

from yaml.error import MarkedYAMLError

from sitegen.core.yamllines import end_of_block

NOT_NEXT = ("did not find expected key", "<block end>", "'-' indicator", "document start>")
"""What libyaml and PyYAML say where a value has ended and what follows it is not the next one."""


class Fault(NamedTuple):
    """One fault in a YAML text; rows and columns count from 0 in that text.

    ``mended`` is what to read in place of row ``row``, with the rows after it up to ``last`` left out.
    ``sure`` says that it is what the author meant, so that the data can be used, and ``piece`` that only
    a piece of the row was mended, so that the rest of it may hold a fault of its own.
    """

    code: str
    message: str
    hint: str
    row: int
    column: int
    length: int
    mended: str
    last: int
    sure: bool
    piece: bool = False


class Trouble(NamedTuple):
    """Where libyaml stopped, what it says, and where the thing it was reading began."""

    problem: str
    context: str
    row: int
    column: int
    from_row: int
    from_column: int
    lines: list[str]

    @property
    def line(self) -> str:
        """The line on which reading stopped."""
        return self.lines[self.row]

    def says(self, *fragments: str) -> bool:
        """Say whether the complaint contains any of these."""
        return any(fragment in self.problem for fragment in fragments)

    def mended(
        self, code: str, message: str, hint: str, at: tuple[int, int], text: str, line: str, sure: bool = True
    ) -> Fault:
        """Return a fault of ``text`` at a row and column, which reading ``line`` in place of its row mends."""
        return Fault(code, message, hint, *at, max(len(text), 1), line, at[0], sure)

    def left_out(self, code: str, message: str, hint: str, at: tuple[int, int], text: str, last: int = 0) -> Fault:
        """Return a fault of ``text`` whose row, with all that is indented below it, is not read again."""
        end = max(end_of_block(self.lines, at[0]), last)
        return Fault(code, message, hint, *at, max(len(text), 1), "", end, False)


def trouble_of(problem: Exception, lines: list[str]) -> Trouble:
    """Return where PyYAML stopped when it raised ``problem`` while it read ``lines``."""
    if not isinstance(problem, MarkedYAMLError):
        return Trouble(str(problem), "", 0, 0, 0, 0, lines)
    at = problem.problem_mark or problem.context_mark
    since = problem.context_mark or at
    row, column = (min(at.line, len(lines) - 1), at.column) if at else (0, 0)
    from_row, from_column = (min(since.line, len(lines) - 1), since.column) if since else (0, 0)
    return Trouble(problem.problem or "", problem.context or "", row, column, from_row, from_column, lines)
