"""LOG_JSON=1: one line of JSON for each request, with its number, and nothing that was typed."""

import http.client
import json
import re
from collections.abc import Iterator

import pytest

from tests.faults.conftest import MakeSite, make_site
from tests.faults.patients import fill_in, send
from tests.serving import Site

__all__ = ["make_site"]


@pytest.fixture
def site(make_site: MakeSite) -> Iterator[Site]:
    running = make_site(LOG_JSON="1", WORKERS="1")
    running.start()
    yield running
    running.stop()


def ask(site: Site, path: str) -> None:
    caller = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    caller.request("GET", path)
    caller.getresponse().read()
    caller.close()


@pytest.mark.timeout(240)
def test_each_request_is_a_line_and_nothing_typed_is_in_it(site: Site) -> None:
    [submission] = fill_in(1)
    assert send(site.port, submission)[0] == 303
    for path in ("/safety/", "/safety/", "/search/?q=Wilhelmina", "/Wilhelmina-Quill/"):
        ask(site, path)
    site.stop()
    lines = [json.loads(line) for line in site.words().splitlines() if line.startswith("{")]
    asked = [line for line in lines if "method" in line]
    routes = [(line.get("route") or line.get("page", ""), line["status"]) for line in asked]
    assert ("book/", 303) in routes
    assert ("search/", 200) in routes
    assert any(status == 404 for _, status in routes)
    assert all(re.fullmatch(r"[0-9a-f]{12}", line["request"]) for line in asked if "route" in line)
    told = json.dumps(lines)
    assert not any(
        word in told for word in ("Wilhelmina", "Patient 0", "Words of", submission.pass_text)
    )
