"""A form field of rows: one small set of inputs for each entry, and empty ones to add to them.

Works without a script: a row left empty is left out, so emptying one deletes it, and two empty rows
always stand ready.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinic_site.typed_text import TooLong, read_typed

EMPTY_ROWS = 2
MOST_ROWS = 60
LONGEST_CELL = 200  # characters


@dataclass(frozen=True)
class Column:
    """One input of a row. `is_number`: a number, whole where it is whole."""

    key: str
    label: str
    is_number: bool = False
    may_be_empty: bool = False


class RowsWidget(forms.Widget):
    """Draws the rows and reads them back as lists of texts by column key."""

    template_name = "pages/editor/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *({} for _ in range(EMPTY_ROWS))]
        context["rows"] = [
            {
                "number": number + 1,
                "cells": [
                    {
                        "column": column,
                        "name": f"{name}-{number}-{column.key}",
                        "value": row.get(column.key),
                    }
                    for column in self.columns
                ],
            }
            for number, row in enumerate(rows)
        ]
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[dict[str, str]]:
        keys = [column.key for column in self.columns]
        rows = (
            {key: str(data.get(f"{name}-{number}-{key}", "")) for key in keys}
            for number in range(MOST_ROWS)
        )
        return [row for row in rows if any(text.strip() for text in row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class RowsField(forms.Field):
    """A list of mappings; numbers as int or float, an empty number as None."""

    def __init__(self, columns: Sequence[Column], **options: Any) -> None:
        self.columns = columns
        super().__init__(widget=RowsWidget(columns), **options)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        faults: list[str] = []
        rows = [
            {column.key: self._cell(column, row, number, faults) for column in self.columns}
            for number, row in enumerate(value or [], start=1)
        ]
        if faults:
            raise ValidationError(faults)
        return rows

    def _cell(self, column: Column, row: Mapping[str, str], number: int, faults: list[str]) -> Any:
        text = _read(row.get(column.key, ""))
        if text is None:
            faults.append(
                f"Row {number}: shorten “{column.label}” to {LONGEST_CELL} characters or fewer."
            )
            return None
        if not text and not column.may_be_empty:
            faults.append(f"Row {number}: “{column.label}” is empty; fill it in or empty the row.")
        if not column.is_number:
            return text
        try:
            figure = float(text.replace(",", ".")) if text else None
            return int(figure) if figure is not None and figure == int(figure) else figure
        except (ValueError, OverflowError):
            faults.append(f"Row {number}: “{column.label}” needs a number, such as 2 or 0.5.")
            return None


def _read(typed: str) -> str | None:
    """A cell as one line; None where it is too long."""
    try:
        text = " ".join(read_typed(typed, longest=LONGEST_CELL).split())
    except TooLong:
        return None
    return text if len(text) <= LONGEST_CELL else None
