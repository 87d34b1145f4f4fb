"""The whole list, in the order in which a person does it."""

from collections.abc import Iterator
from pathlib import Path

from clinic_site.operations.go_live.file_points import file_points
from clinic_site.operations.go_live.people_points import people_points
from clinic_site.operations.go_live.point import Point, done, to_do
from clinic_site.operations.go_live.recovery_points import recovery_points
from clinic_site.operations.go_live.settings_points import settings_points
from clinic_site.operations.go_live.web_points import web_points
from clinic_site.operations.health.http_probe import alive_fault
from clinic_site.operations.health.readiness import faults


def checklist(*, mail_to: str, identity: Path | None) -> Iterator[Point]:
    """Each point as soon as it is known."""
    yield from settings_points()
    yield from file_points()
    yield from _health()
    yield from web_points()
    yield from recovery_points(mail_to=mail_to, identity=identity)
    yield from people_points()


def _health() -> Iterator[Point]:
    """What /readyz looks at."""
    found = [fault for fault in (alive_fault(),) if fault] + faults()
    yield from (to_do(fault.name, fault.text, fault.advice) for fault in found)
    if not found:
        yield done("health", "The site and its worker run, and nothing is wrong with either.")
