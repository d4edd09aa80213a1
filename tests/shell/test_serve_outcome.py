from __future__ import annotations

from sitegen.core.diagnostics import Span, error, warning
from sitegen.shell.serve.outcome import MOST, Line, failure

TEXT = "one\ntwo\nthree is wrong here\nfour\n\nsix\n"


def test_a_fault_is_shown_between_the_lines_around_it() -> None:
    told = error("code", "It is wrong", Span("a.md", 3, 10, 5), "mend it")
    outcome = failure([told], {"a.md": TEXT})
    (fault,) = outcome.faults
    assert not outcome.ok
    assert (fault.path, fault.line, fault.column, fault.hint) == ("a.md", 3, 10, "mend it")
    assert fault.excerpt == (
        Line(1, "one"),
        Line(2, "two"),
        Line(3, "three is ", "wrong", " here"),
        Line(4, "four"),
    )


def test_errors_come_before_warnings_and_the_order_is_kept_otherwise() -> None:
    found = [warning("w", "W"), error("b", "B"), error("a", "A")]
    assert [fault.code for fault in failure(found, {}).faults] == ["b", "a", "w"]


def test_a_place_that_is_no_line_has_no_excerpt() -> None:
    spans = [None, Span("a.md", 99), Span("a.md", 0), Span("other.md", 1)]
    faults = failure([error("c", "M", span) for span in spans], {"a.md": TEXT}).faults
    assert [fault.excerpt for fault in faults] == [()] * 4


def test_what_hides_in_a_text_is_made_visible() -> None:
    told = error("c", "bad \u202e name", Span("a\x1b.md", 1, 2), "hint \x00")
    (fault,) = failure([told], {"a\x1b.md": "a\u202eb\n"}).faults
    assert (fault.message, fault.path, fault.hint) == ("bad <U+202E> name", "a<U+001B>.md", "hint <U+0000>")
    assert fault.excerpt == (Line(1, "a", "<U+202E>", "b"),)


def test_a_thousand_faults_are_counted_and_the_first_are_shown() -> None:
    outcome = failure([error("c", str(n)) for n in range(1000)], {})
    assert (len(outcome.faults), outcome.more) == (MOST, 1000 - MOST)
