"""A clock that is set while the site runs: it is told, and no mail waits for a time that has moved away."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic_site.operations.health import clock_watch
from clinic_site.operations.health.clock_watch import ClockWatch, recent_jump
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import queue_mail

pytestmark = pytest.mark.django_db
DAY = 86_400.0


class Clocks:
    """The clock on the wall and the steady one."""

    def __init__(self) -> None:
        self.wall, self.steady = time.time(), 1000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clocks(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clocks:
    settings.DATA_DIR = tmp_path
    made = Clocks()
    monkeypatch.setattr(time, "time", lambda: made.wall)
    monkeypatch.setattr(clock_watch, "steady", lambda: made.steady)
    return made


def mail(**fields: object) -> OutboundEmail:
    """A message that waits."""
    queued = queue_mail(to="a@example.ca", subject="s", body="b", purpose="test", key="k")
    OutboundEmail.objects.filter(pk=queued.pk).update(**fields)
    return queued


def is_due(queued: OutboundEmail) -> bool:
    return OutboundEmail.objects.due(timezone.now()).filter(pk=queued.pk).exists()


def test_time_that_passes_is_no_jump(clocks: Clocks) -> None:
    watch = ClockWatch()
    watch.look()
    clocks.pass_by(3600)
    assert (watch.look(), recent_jump()) == (0.0, None)


@pytest.mark.parametrize("jump", [DAY, -DAY, 45.0])
def test_a_jump_either_way_is_told_for_an_hour(clocks: Clocks, jump: float) -> None:
    watch = ClockWatch()
    watch.look()
    clocks.wall += jump
    assert watch.look() == pytest.approx(jump)
    assert recent_jump() == pytest.approx(jump)
    clocks.pass_by(3601)
    assert recent_jump() is None


def test_mail_queued_by_a_clock_a_day_ahead_goes_out_once_it_is_right(clocks: Clocks) -> None:
    later = timezone.now() + timedelta(days=1)
    queued, watch = mail(created_at=later, due_at=later), ClockWatch()
    clocks.wall += DAY
    watch.look()
    clocks.wall -= DAY
    watch.look()
    assert is_due(queued)


def test_a_worker_started_after_the_clock_was_set_right_finds_such_mail_too(clocks: Clocks) -> None:
    later = timezone.now() + timedelta(days=1)
    queued = mail(created_at=later, due_at=later, claimed_until=later)
    ClockWatch().look()
    assert is_due(queued)


def test_a_pause_between_tries_is_kept_when_no_clock_was_set(clocks: Clocks) -> None:
    queued, watch = mail(due_at=timezone.now() + timedelta(hours=1)), ClockWatch()
    watch.look()
    clocks.pass_by(5)
    watch.look()
    assert not is_due(queued)
