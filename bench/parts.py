"""The parts of the measurement by name, in the order in which they are run."""

from collections.abc import Callable

from bench import browser, growth, publishing, rendering, server, start, submissions
from bench.figures import Part


def _submissions() -> Part:
    told = submissions.main()
    part = Part("Enquiries", commands=[".venv/bin/python -m bench.submissions"])
    part.promise(
        f"durable submissions a second, {told['clients']} clients",
        float(str(told["per_second"])),
        submissions.WANTED_PER_SECOND,
        "",
        most=False,
    )
    part.promise("p99", float(str(told["p99_ms"])), submissions.WANTED_P99 * 1000, " ms", most=True)
    part.promise("“database is locked”", float(str(told["lock_errors"])), 0, "", most=True)
    part.notes.append(
        f"{told['cpu_ms_each']} ms of the processors for each, mails included. SQLite alone, one row a"
        f" transaction on this disk: {told['disk_alone_per_second']} a second."
    )
    return part


PARTS: dict[str, Callable[[], Part]] = {
    "server": server.measure,
    "browser": browser.measure,
    "start": start.measure,
    "publishing": publishing.measure,
    "rendering": rendering.measure,
    "growth": growth.measure,
    "submissions": _submissions,
}
