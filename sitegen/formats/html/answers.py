"""The six questions that a badge answers, and who answers each: this page, or the badge that somebody holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import Answer, six_answers
from sitegen.core.i18n import Language
from sitegen.formats.html.scope import Scope, href


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One of the six answers: ``question`` is its name in the data, ``by`` who gives it.

    ``by`` is catalogue when this page answers for every holder, assertion when only the badge that one
    person holds can, and both when each says its part.
    """

    question: str
    label: str
    text: str
    href: str
    by: str
    where: str


def answers(scope: Scope, badge: Any) -> tuple[AnswerLine, ...]:
    """Return the six answers in the words of the page."""
    return tuple(_answer(scope, badge, answer) for answer in six_answers(badge, scope.site.catalogue))


def _answer(scope: Scope, badge: Any, answer: Answer) -> AnswerLine:
    say, text = scope.words.say, answer.text
    leads = ""
    if answer.question == "issuer":
        leads = href(scope, f"issuer:{badge.issuer}")
    elif answer.question == "validity":
        text = _validity(scope, badge)
    elif answer.question == "holder":
        text = say("Each issued badge names its holder and the day it was earned. This page names nobody.")
    elif answer.question == "evidence" and not text:
        text = say("An issued badge links to its evidence where the holder agrees.")
    elif answer.question == "earned" and not text:
        text = say("What is written under 'What it takes'.")
    by = answer.stated_by
    return AnswerLine(answer.question, _labels(scope.words)[answer.question], text, leads, by, _where(scope.words)[by])


@lru_cache(maxsize=64)
def _labels(words: Language) -> Mapping[str, str]:
    say = words.say
    return {
        "represents": say("Stands for"),
        "earned": say("Earned by"),
        "issuer": say("Issued by"),
        "evidence": say("Evidence"),
        "validity": say("Valid"),
        "holder": say("Held by"),
    }


@lru_cache(maxsize=64)
def _where(words: Language) -> Mapping[str, str]:
    say = words.say
    return {
        "catalogue": say("Stated here"),
        "assertion": say("In each badge"),
        "both": say("Here and in each badge"),
    }


def _validity(scope: Scope, badge: Any) -> str:
    say = scope.words.say
    if not badge.validFor:
        return say("For ever. Each issued badge states the day it was earned.")
    time = i18n.duration(scope.words, badge.validFor)
    return say("%(time)s from the day of issue. Each issued badge states the day.", time=time)
