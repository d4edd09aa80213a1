from __future__ import annotations

import pytest

from sitegen.shell.serve.redirects import redirect

RULES = """\
# comment /x /y
/old /new
/gone/ /badges/ 302
/list/* /badges/:splat 308
/:kind/by/:name /:kind/:name/
/away https://other.example/page#part 301!
/conditions /x 301 Country=au
/rewrite /x 200
/bad /x never
/open/* /:splat
/a.b /dotted
""".splitlines()


@pytest.mark.parametrize(
    ("path", "location", "status"),
    [
        ("/old", "/new", 301),
        ("/old/", "/new", 301),
        ("/gone", "/badges/", 302),
        ("/list/a/b", "/badges/a/b", 308),
        ("/list", "/badges/", 308),
        ("/courses/by/food", "/courses/food/", 301),
        ("/away", "https://other.example/page#part", 301),
        ("/open//evil.example", "/evil.example", 301),
    ],
)
def test_a_rule_leads_where_the_hosts_lead(path: str, location: str, status: int) -> None:
    assert redirect(path, RULES) == (location, status)


@pytest.mark.parametrize(
    "path", ["/older", "/x", "/conditions", "/rewrite", "/bad", "/", "/listing", "/axb", "/courses/by/a/b"]
)
def test_anything_else_leads_nowhere(path: str) -> None:
    assert redirect(path, RULES) is None
