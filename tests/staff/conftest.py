"""A clock that tests move, and somebody to sign in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

Later = Callable[..., None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """`later(minutes=31)`: so much time has passed, on top of what passed before."""
    now, passed = timezone.now, [timedelta()]
    monkeypatch.setattr(timezone, "now", lambda: now() + passed[0])

    def go(**length: Any) -> None:
        passed[0] += timedelta(**length)

    return go
