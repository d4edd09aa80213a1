"""Issuer: the organisation whose name stands on a badge (Open Badges 2.0 and 3.0 Profile)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, warning
from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Image, Model, Record, field
from sitegen.core.texts import CountryCode, EmailAddress, HostName, Slug, Telephone, Text, WebAddress
from sitegen.kinds.common import Accreditation, Organisation, ProviderCategory, QualityAssurance


class Address(Model):
    """A postal address (schema.org PostalAddress)."""

    streetAddress: Text | None = field("Street and number.", "12 Jetty Road", schema="streetAddress")
    addressLocality: Text | None = field("Town.", "Port Harbourside", schema="addressLocality")
    addressRegion: Text | None = field("State or region.", "SA", schema="addressRegion")
    postalCode: Text | None = field("Postcode.", "5606", schema="postalCode")
    addressCountry: CountryCode = field("Two-letter country code.", "AU", REQUIRED, schema="addressCountry")


class Verification(Model):
    """How somebody checks a badge of this issuer."""

    service: Text = field("The service that holds issued badges.", "Harbourside badge wallet", REQUIRED)
    url: WebAddress | None = field("Where to check one.", "https://lms.example.org/verify")
    howTo: Text | None = field("What to do there.", "Paste the address of the badge")


class Issuer(Record):
    """An organisation that awards badges and offers courses."""

    KIND: ClassVar[str] = "issuer"

    legalName: Text | None = field(
        "The registered name, where it differs.",
        "Harbourside Institute Ltd",
        schema="legalName",
        elm="rov:legalName",
    )
    url: WebAddress = field(
        "The organisation's website.",
        "https://harbourside.example/",
        REQUIRED,
        ob2="url",
        ob3="url",
        schema="url",
        ctdl="ceterms:subjectWebpage",
    )
    email: EmailAddress = field(
        "A role address that answers questions about badges.",
        "credentials@harbourside.example",
        REQUIRED,
        ob2="email",
        ob3="email",
        schema="email",
        ctdl="ceterms:email",
    )
    telephone: Telephone | None = field(
        "With country code, no spaces.", "+61855501200", ob2="telephone", ob3="phone", schema="telephone"
    )
    image: Image | None = field(
        "The logo.",
        {"id": "img/harbourside.png", "caption": "Two bollards and a rope"},
        ob2="image",
        ob3="image",
        schema="logo",
    )
    address: Address | None = field(
        "Where it is.",
        {"addressLocality": "Port Harbourside", "addressCountry": "AU"},
        ob3="address",
        schema="address",
        ctdl="ceterms:address",
        elm="elm:location",
    )
    assertionHosts: tuple[HostName, ...] = field(
        "The hosts of the learning systems that issue badges in this name. Validators refuse a badge that comes "
        "from any other host. Bare names: no https://, no port.",
        ["lms.harbourside.example"],
        (),
        ob2="verification.allowedOrigins",
    )
    verification: Verification | None = field(
        "How to check a badge.", {"service": "Harbourside wallet"}, ctdl="ceterms:usesVerificationService"
    )
    providerCategory: tuple[ProviderCategory, ...] = field(
        "Which kinds of provider it is (OpenCreds).", ["Vocational Education and Training"], ()
    )
    accreditation: tuple[Accreditation, ...] = field(
        "Its licences and accreditations.",
        [{"name": "Registered training organisation", "identifier": "41892"}],
        (),
        ctdl="ceterms:accreditedBy",
        elm="elm:accreditation",
    )
    qualityAssurance: tuple[QualityAssurance, ...] = field(
        "Who watches over quality.", [{"name": "Standards for RTOs 2025"}], (), ctdl="ceterms:reviewProcess"
    )
    foundingDate: Text | None = field("Year or date it was founded.", "1974", schema="foundingDate")
    parentOrganization: Organisation | None = field(
        "What it belongs to.", {"name": "Harbourside Group"}, ob3="parentOrg", schema="parentOrganization"
    )
    partner: tuple[Organisation, ...] = field("Organisations it works with.", [{"name": "Saltbush"}], ())
    sameAs: tuple[WebAddress, ...] = field(
        "Its pages elsewhere, such as a register entry.",
        ["https://example.org/register/41892"],
        (),
        schema="sameAs",
    )
    mark: Text | None = field("One or two letters for generated badge art.", "H", max_length=2)
    defaults: dict[Slug, dict[str, Any]] = field(
        "Fields that this issuer's badges, courses or pathways have unless they say otherwise.",
        {"badge": {"validFor": "5 years"}},
        {},
    )


def check(record: Record, catalogue: Catalogue) -> Iterable[Diagnostic]:
    """Warn when hosted badges of this issuer cannot verify from a learning system elsewhere."""
    assert isinstance(record, Issuer)
    if not record.assertionHosts and catalogue.referring(record.key, "badge", "issuer"):
        yield warning(
            "no-assertion-hosts",
            f"'{record.name}' names no assertionHosts, so badges issued by a learning system on another host "
            "will not verify",
            record.marks.key(("name",)),
            "add assertionHosts with the host of your LMS, for example assertionHosts: [lms.example.org]",
        )


KIND = Kind(
    name="issuer",
    folder="issuers",
    model=Issuer,
    summary="An organisation that awards badges and offers courses.",
    check=check,
)


CODES: dict[str, tuple[str, str]] = {
    "no-assertion-hosts": (
        "Badges issued by a learning system would not verify",
        "Open Badges 2.0 trusts badges only from the issuer's own host unless its profile names others "
        "(verification.allowedOrigins). List the hosts of your learning systems under assertionHosts:.",
    ),
}
