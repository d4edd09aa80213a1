"""Writes the catalogue in our own layout."""

from __future__ import annotations

from pathlib import Path

from bench import catalogue as c
from bench.files import write, write_items
from bench.peers.peer import EDITION

FOOTER = f"""\
<footer class="foot">
<div class="wrap">
{{% for column in site.columns %}}
<div>
<h2>{{{{ column.heading }}}}</h2>
<ul>
{{% for item in column.links %}}
<li><a href="{{{{ item.href }}}}">{{{{ item.text }}}}</a></li>
{{% endfor %}}
</ul>
</div>
{{% endfor %}}
<p>{EDITION}</p>
</div>
</footer>
"""


def generate(site: Path, count: int, art: bool) -> None:
    """Write a site of ``count`` items into ``site``, which must not exist."""
    settings: c.Fields = {
        "name": c.SITE_NAME,
        "base_url": c.BASE_URL,
        "description": c.DESCRIPTION,
        "language": "en",
        "theme": "bench",
        "topics": [topic.fields for topic in c.topics()],
    }
    write(site / "sitegen.yaml", _yaml(settings))
    write(site / "themes/bench/theme.yaml", "extends: default\nname: Bench\n")
    write(site / "themes/bench/templates/part/footer.html", FOOTER)
    for issuer in c.issuers():
        write(site / f"content/issuers/{issuer.slug}.md", c.front_matter(issuer.fields) + issuer.text)
    framework: c.Fields = {
        "id": "bench-skills",
        "name": "Bench skills",
        "description": "The skills that the badges of this catalogue certify.",
        "publisher": c.issuers()[0].slug,
        "skills": [skill.fields for skill in c.skills()],
    }
    write(site / "content/frameworks/bench-skills.yaml", _yaml(framework))
    write_items(
        site / "content/badges/img",
        c.items(count, art=art),
        art,
        lambda item: (site / f"content/{item.kind}s/{item.slug}.md", c.front_matter(item.fields) + item.text),
    )


def _yaml(fields: c.Fields) -> str:
    return "".join(f"{line}\n" for line in c.yaml_lines(fields, ""))
