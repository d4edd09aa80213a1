"""Pathway: steps that stack into something larger (CTDL Pathway, schema.org EducationalOccupationalProgram)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, model_validator

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Image, Model, Record, RefTo, field
from sitegen.core.quantities import CreditPoint, Duration, Level, Price, Workload
from sitegen.core.texts import Flag, Slug, Text, WebAddress
from sitegen.kinds.common import BadgeRef, Contact, IssuerRef, unproved_credit


class ExternalCredential(Model):
    """A credential of somebody else that counts as a step."""

    name: Text = field("What it is called.", "Provide First Aid", REQUIRED)
    provider: Text = field("Who gives it.", "Any registered first-aid trainer", REQUIRED)
    url: WebAddress | None = field("Where it is described.", "https://example.org/units/HLTAID011")


def _how_many(value: Any) -> Any:
    words = {"all": "all", "any": "any"}
    text = str(value).strip().lower()
    if text in words:
        return words[text]
    if re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII):
        return int(text)
    raise ValueError(f"'{value}' is not a choice; write all, any, or how many, like 2")


Choose = Annotated[Literal["all", "any"] | int, BeforeValidator(_how_many)]


class Option(Model):
    """One step, or one of the steps to choose from: exactly one of badge, course, pathway or credential."""

    id: Slug | None = field("A name for precededBy.", "foundations")
    name: Text | None = field("What the step is called here. The name of what it holds when left out.", "Basics")
    description: Text | None = field("A sentence about it.", "Most people start here")
    badge: Annotated[str, RefTo(("badge",))] | None = field("A badge, by id.", "data-literacy", ctdl="ceterms:proxyFor")
    course: Annotated[str, RefTo(("course",))] | None = field(
        "A course, by id.", "ai-foundations", schema="hasCourse", ctdl="ceterms:proxyFor"
    )
    pathway: Annotated[str, RefTo(("pathway",))] | None = field(
        "Another pathway, by id.", "data-basics", ctdl="ceterms:proxyFor"
    )
    credential: ExternalCredential | None = field(
        "Somebody else's credential.", {"name": "Provide First Aid", "provider": "Any registered trainer"}
    )
    volumeOfLearning: Workload | None = field("Study time, where what it holds does not say.", "8 hours")
    duration: Duration | None = field("Elapsed time, where what it holds does not say.", "1 week")
    price: Price | None = field("Price, where what it holds does not say.", "120 AUD")

    @property
    def target(self) -> str | None:
        """The key of the record that the step holds, or None for an external credential or a choice."""
        for kind in ("badge", "course", "pathway"):
            value = getattr(self, kind)
            if value:
                return f"{kind}:{value}"
        return None


class Step(Option):
    """A station of a pathway: one thing to do, or a choice between several."""

    choose: Choose | None = field("all, any, or how many of the options below.", "2", ctdl="ceterms:requiredNumber")
    of: tuple[Option, ...] = field("What to choose from.", [{"badge": "sql-for-analysts"}], ())
    optional: Flag = field("Say true when the pathway is complete without it.", "true", False)
    milestone: Flag = field("Say true for a stop worth marking.", "true", False)
    precededBy: tuple[Slug, ...] = field(
        "Ids of steps that must come first, where the order of the list is not enough.",
        ["foundations"],
        (),
        ctdl="ceterms:precededBy",
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        held = [kind for kind in ("badge", "course", "pathway", "credential") if getattr(self, kind)]
        if self.of:
            if held:
                raise ValueError(f"a step is either a choice (of:) or one {held[0]}, not both")
            if self.choose is None:
                raise ValueError("a step with of: says how many under choose: (all, any, or a number)")
            if isinstance(self.choose, int) and self.choose > len(self.of):
                raise ValueError(f"choose: {self.choose} asks for more than the {len(self.of)} options below it")
            for option in self.of:
                _holds_one(option)
            return self
        if self.choose is not None:
            raise ValueError("choose: needs a list of options under of:")
        _holds_one(self)
        return self

    @property
    def options(self) -> tuple[Option, ...]:
        """The options to choose from, or the step itself."""
        return self.of or (self,)

    @property
    def needed(self) -> int:
        """How many of the options one must finish."""
        if not self.of or self.choose == "any":
            return 1
        return len(self.of) if self.choose == "all" or self.choose is None else int(self.choose)


def _holds_one(option: Option) -> None:
    held = [kind for kind in ("badge", "course", "pathway", "credential") if getattr(option, kind)]
    if len(held) != 1:
        found = " and ".join(held) or "none of them"
        raise ValueError(f"a step names exactly one of badge, course, pathway or credential; this one has {found}")


class Qualification(Model):
    """A formal qualification that a pathway leads to or counts towards."""

    name: Text = field("Its name.", "Diploma of Information Technology", REQUIRED)
    provider: Text = field("Who awards it.", "Harbourside Institute of Technology", REQUIRED)
    url: WebAddress | None = field("Where it is described.", "https://example.org/diploma")
    code: Text | None = field("Its code.", "ICT50220")
    level: tuple[Level, ...] = field("Its level.", ["AQF 5"], ())
    creditPoint: tuple[CreditPoint, ...] = field(
        "The credit that the pathway gives.", [{"framework": "credit points", "point": "24", "of": "96"}], ()
    )
    policyUrl: WebAddress | None = field("The credit policy.", "https://example.org/credit-policy")
    accreditationUrl: WebAddress | None = field("Its entry in a public register.", "https://example.org/ICT50220")


class Destination(Model):
    """Where a pathway ends: a badge, a qualification, or both."""

    badge: BadgeRef | None = field(
        "The badge at the end.",
        "data-ai-practitioner",
        schema="educationalCredentialAwarded",
        ctdl="ceterms:hasDestinationComponent",
    )
    qualification: Qualification | None = field(
        "The qualification at the end.",
        {"name": "Diploma of Information Technology", "provider": "Harbourside"},
        schema="educationalCredentialAwarded",
        ctdl="ceterms:hasDestinationComponent",
    )

    @model_validator(mode="after")
    def _somewhere(self) -> Destination:
        if not (self.badge or self.qualification):
            raise ValueError("a destination is a badge, a qualification, or both")
        return self


class Pathway(Record):
    """A pathway: stations in order, choices, milestones, and where it ends."""

    KIND: ClassVar[str] = "pathway"

    provider: IssuerRef | None = field(
        "Who offers it, by issuer id.", "harbourside", schema="provider", ctdl="ceterms:offeredBy"
    )
    pathwayKind: Literal["stack", "series", "micro-program", "qualification"] = field(
        "What kind of pathway it is.", "stack", "stack", schema="programType"
    )
    image: Image | None = field("A picture.", {"id": "img/path.jpg", "caption": "A harbour"}, schema="image")
    steps: tuple[Step, ...] = field(
        "The stations, in order.",
        [{"badge": "data-literacy"}, {"badge": "ai-foundations"}],
        REQUIRED,
        schema="hasCourse",
        ctdl="ceterms:hasPart",
        elm="elm:hasPart",
        min_length=2,
    )
    destination: Destination | None = field(
        "Where it ends.",
        {"badge": "data-ai-practitioner"},
        schema="educationalCredentialAwarded",
        ctdl="ceterms:hasDestinationComponent",
    )
    audience: tuple[Text, ...] = field("Who it is for.", ["Employed worker"], ())
    occupation: tuple[Text, ...] = field("Work it leads to.", ["Data analyst"], (), schema="occupationalCategory")
    finishWithin: Duration | None = field("How long one may take.", "3 years")
    contact: Contact | None = field("Whom to ask.", {"email": "pathways@example.org"})


def check(record: Record, _: Catalogue) -> Iterable[Diagnostic]:
    """Hold a pathway to its promise: credit in a qualification needs a page that proves it."""
    assert isinstance(record, Pathway)
    qualification = record.destination.qualification if record.destination else None
    if qualification:
        at = ("destination", "qualification")
        yield from unproved_credit(record, at, f"stacks into '{qualification.name}'", qualification)
    if record.pathwayKind == "qualification" and not qualification:
        yield error(
            "no-qualification",
            f"'{record.name}' is a qualification pathway without a qualification at its end",
            record.span("pathwayKind"),
            "add destination: with qualification:, or choose another pathwayKind",
        )


KIND = Kind(
    name="pathway",
    folder="pathways",
    model=Pathway,
    summary="Steps that stack into a badge or a qualification.",
    check=check,
    issuer_field="provider",
)


CODES: dict[str, tuple[str, str]] = {
    "no-qualification": (
        "A qualification pathway that ends in none",
        "Name the qualification under destination:, or choose another pathwayKind:.",
    ),
}
