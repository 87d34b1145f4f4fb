"""The parts of the measurement by name, in the order in which they are run."""

from collections.abc import Callable

from bench import growth, hostile, publishing, rendering, search, start, submissions
from bench.figures import Part
from bench.in_browser import browser
from bench.serving import production, server, slow_clients

PARTS: dict[str, Callable[[], Part]] = {
    "server": server.measure,
    "production": production.measure,
    "slow": slow_clients.measure,
    "browser": browser.measure,
    "start": start.measure,
    "publishing": publishing.measure,
    "rendering": rendering.measure,
    "growth": growth.measure,
    "search": search.measure,
    "submissions": submissions.measure,
    "hostile": hostile.measure,
}
