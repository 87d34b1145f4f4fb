"""nginx and Caddy with the printed configuration: 500 slow clients of each kind, and ordinary patients meanwhile."""

import http.client
import statistics
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings

from tests.faults.patients import FORM, SEE_OTHER, Submission, fill_in
from tests.faults.processes import wait_for
from tests.faults.slow_clients import KINDS, Crowd
from tests.operations.web_servers import running, start_caddy, start_nginx

SLOW, VISITS = 500, 20
LONGEST = 5.0  # seconds that a patient waits; who waits for a slow client waits for a time-out, 15 s or more
SETTLED = 1.0  # seconds
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(params=[start_nginx, start_caddy], ids=["nginx", "Caddy"], scope="module")
def port(
    request: pytest.FixtureRequest, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """Where a web server in front of a site of its own listens."""
    folder, key = tmp_path_factory.mktemp("slow"), settings.SECRET_KEY
    with running(request.param, prepared, folder, SECRET_KEY=key) as proxy:
        yield proxy.port


def ask(port: int, number: int, path: str, form: Submission | None = None) -> int:
    """One request from an address of its own; its status."""
    high, low = divmod(number, 250)
    caller = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=60, source_address=(f"127.2.{high}.{low + 1}", 0)
    )
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        caller.request("POST" if form else "GET", path, form.body() if form else None, headers)
        answer = caller.getresponse()
        answer.read()
        return answer.status
    finally:
        caller.close()


def seconds(port: int, number: int) -> float:
    """How long the form takes now."""
    began = perf_counter()
    assert ask(port, number, FORM) == 200
    return perf_counter() - began


def visits(port: int, first: int) -> dict[str, list[float]]:
    """Patients who read a page, open the form and send it, and one wrong address; the seconds of each."""
    forms = fill_in(VISITS)
    times: dict[str, list[float]] = {}
    for number, form in enumerate(forms, first):
        for path, sent, due in (
            ("/safety/", None, 200),
            (FORM, None, 200),
            (FORM, form, SEE_OTHER),
            ("/no-such-page/", None, 404),
        ):
            began = perf_counter()
            assert ask(port, number, path, sent) == due
            times.setdefault("a form sent" if sent else path, []).append(perf_counter() - began)
    return times


@pytest.mark.parametrize("kind", KINDS)
def test_patients_are_served_beside_500_slow_clients(port: int, kind: str) -> None:
    first = list(KINDS).index(kind) * 80
    alone = visits(port, first)
    with Crowd(port, KINDS[kind], SLOW).holding() as crowd:
        wait_for(lambda: crowd.connected() > 0.9 * SLOW, "a crowd")
        # What the readers have asked for is drawn first: so many people who ask at once are another matter.
        wait_for(lambda: seconds(port, first + 70) < SETTLED, "all pages that they asked for", 180)
        meanwhile = visits(port, first + 40)
        assert crowd.connected() > 0.9 * SLOW  # or there was nothing to hold out against
    for what, times in meanwhile.items():
        print(
            f"{kind}: {what}: median {1000 * statistics.median(alone[what]):.0f} ms alone,"
            f" {1000 * statistics.median(times):.0f} ms beside them, slowest {1000 * max(times):.0f} ms"
        )
        assert max(times) < LONGEST
