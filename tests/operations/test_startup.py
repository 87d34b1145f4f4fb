"""What a start does to the tables: nothing where they are up to date, all that is missing where they are not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from clinic_site.operations import startup


def test_every_migration_that_django_would_load_is_known() -> None:
    assert set(startup.migrations()) == MigrationLoader(None).disk_migrations.keys()


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that are called."""
    called: list[str] = []
    monkeypatch.setattr(startup, "call_command", lambda name, **_: called.append(name))
    return called


@pytest.mark.django_db
def test_tables_that_are_up_to_date_take_one_look(
    commands: list[str], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(2):
        startup.migrate()
    assert commands == []


@pytest.mark.django_db
def test_a_missing_migration_is_made_up_for(commands: list[str]) -> None:
    MigrationRecorder(connection).record_unapplied("staff", "0001_roles")
    startup.migrate()
    assert commands == ["migrate"]


@pytest.mark.django_db
def test_a_migration_of_a_newer_version_is_looked_into(commands: list[str]) -> None:
    MigrationRecorder(connection).record_applied("staff", "0999_from_the_future")
    startup.migrate()
    assert commands == ["migrate"]
