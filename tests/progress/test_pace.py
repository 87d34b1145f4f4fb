"""Long looks of the worker rest between their steps; the same looks asked for by a person do not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.operations.jobs import JOBS
from clinic_site.pages.checks.live_pages import keep_checks, look_over
from clinic_site.pages.models import Revision
from clinic_site.progress import pace
from clinic_site.progress.pace import paced, unhurried
from clinic_site.search.quality import measure_quality

Rests = list[float]


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> Rests:
    """What the work under test has rested, in seconds."""
    taken: Rests = []
    monkeypatch.setattr(pace, "sleep", taken.append)
    return taken


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets how long each step takes, in seconds."""

    def steps_of(seconds: float) -> None:
        readings: Iterator[float] = iter(range(1000))
        monkeypatch.setattr(pace, "monotonic", lambda: next(readings) * seconds)

    return steps_of


def test_a_rest_is_twice_its_step(rests: Rests, clock: Callable[[float], None]) -> None:
    clock(0.25)
    with unhurried():
        assert list(paced("abc")) == ["a", "b", "c"]
    assert rests == [0.5, 0.5, 0.5]


def test_a_step_that_waited_for_something_is_not_waited_for_twice(
    rests: Rests, clock: Callable[[float], None]
) -> None:
    clock(30)
    with unhurried():
        list(paced("a"))
    assert rests == [pace.LONGEST_REST]


def test_what_a_person_asks_for_never_rests(rests: Rests) -> None:
    with unhurried():
        pass
    list(paced("abc"))
    assert rests == []


@pytest.mark.usefixtures("published")
def test_the_checks_rest_after_each_page(rests: Rests) -> None:
    with unhurried():
        keep_checks()
    assert len(rests) == Revision.objects.live().count() > 10


@pytest.mark.usefixtures("published")
def test_the_pages_looked_over_by_a_command_come_at_once(rests: Rests) -> None:
    assert len(list(look_over())) > 10
    assert rests == []


@pytest.mark.django_db
def test_the_quality_of_the_search_is_measured_with_rests(
    rests: Rests, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    with unhurried():
        quality = measure_quality()
    assert quality is not None
    assert len(rests) == quality.asked


def test_the_long_looks_give_way() -> None:
    assert {job.name for job in JOBS if job.gives_way} == {"checks", "quality of the search"}
