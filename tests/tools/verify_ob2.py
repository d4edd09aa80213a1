"""Run 1EdTech's Open Badges 2.0 validator on many addresses in one process.

Runs in the virtual environment ``.tools/ob2``. Reads a job from standard input::

    {"address": "127.0.0.1:8000", "hosts": ["badges.example.org"], "urls": ["https://badges.example.org/..."]}

and writes what the validator says of each address, with the JSON-LD context it used. The hosts named are
reached over plain HTTP at the address, with their name in the Host header; the Open Badges context is the copy
that the validator carries; everything else is refused, so that nothing here depends on a network.
"""

import io
import json
import sys
from urllib.parse import urlsplit

import requests
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT as CONTEXT
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_URI as CONTEXT_URL

ADAPTER = requests.adapters.HTTPAdapter


class Local(ADAPTER):
    """Takes requests for the hosts under test to where they are served."""

    address = ""
    hosts: frozenset[str] = frozenset()

    def send(self, request, **options):
        """Answer from the validator's own context, from the local server, or not at all."""
        if request.url.split("#")[0] == CONTEXT_URL:
            return _context(request)
        host = urlsplit(request.url).netloc
        if host not in self.hosts:
            raise requests.ConnectionError(f"not a host of this test: {request.url}")
        local = request.copy()
        local.url = request.url.replace(f"https://{host}", f"http://{self.address}", 1)
        local.headers["Host"] = host
        response = super().send(local, **(options | {"proxies": {}}))
        response.url, response.request = request.url, request
        return response


def _context(request):
    response = requests.Response()
    response.status_code, response.url, response.request = 200, request.url, request
    response.headers["Content-Type"] = "application/ld+json"
    response.raw = io.BytesIO(json.dumps(CONTEXT).encode())
    return response


def main():
    """Verify every address of the job."""
    job = json.load(sys.stdin)
    Local.address, Local.hosts = job["address"], frozenset(job["hosts"])
    requests.sessions.HTTPAdapter = Local
    from openbadges.verifier import verify  # noqa: PLC0415 - it opens a session as it is imported

    reports = []
    for url in job["urls"]:
        result = verify(url, use_cache=False, cache_backend=None)
        said = [m for m in result["report"]["messages"] if m["messageLevel"] != "INFO"]
        reports.append(
            {
                "url": url,
                "valid": result["report"]["valid"],
                "messages": [f"{m['messageLevel']} {m['name']}: {m['result']}" for m in said],
                "types": {node.get("id"): node.get("type") for node in result["graph"]},
            }
        )
    json.dump({"context": CONTEXT, "context_url": CONTEXT_URL, "reports": reports}, sys.stdout)


main()
