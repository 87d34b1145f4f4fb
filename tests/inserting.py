"""Rows that many tests begin with: made once, then brought in by the statements that insert them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

Rows = dict[type[Model], list[Model]]
Statement = tuple[str, Any]
Result = TypeVar("Result")


def statements(make: Callable[[], object], models: Iterable[type[Model]]) -> list[Statement]:
    """What inserts every row of these models that `make` makes; nothing is kept in the database."""
    rows = _undone(partial(_rows, make, models))
    return _undone(partial(_inserting, rows))


def insert(told: Iterable[Statement]) -> None:
    """Bring these rows in."""
    with connection.cursor() as cursor:
        for sql, params in told:
            cursor.execute(sql, params)


def _undone(work: Callable[[], Result]) -> Result:
    """What the work gives; what it wrote is taken back."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(True)
    return result


def _rows(make: Callable[[], object], models: Iterable[type[Model]]) -> Rows:
    make()
    return {model: list(model._base_manager.order_by("pk")) for model in models}


def _inserting(rows: Rows) -> list[Statement]:
    told: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        told.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        for model, ones in rows.items():
            model._base_manager.bulk_create(ones)
    return told
