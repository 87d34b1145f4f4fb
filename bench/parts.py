"""The parts of the measurement by name, in the order in which they are run."""

from collections.abc import Callable

from bench import (
    browser,
    growth,
    hostile,
    production,
    publishing,
    rendering,
    search,
    server,
    slow_clients,
    start,
    submissions,
)
from bench.figures import Part

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
