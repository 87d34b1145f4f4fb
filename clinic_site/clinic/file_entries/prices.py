"""`prices` of content/clinic.md: what a visit costs."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clinic_site.clinic.file_entries.checks import keep, said, told_once
from clinic_site.clinic.models import Clinic, Price
from clinic_site.clinic.people_models import HIGHEST_PRICE, LONGEST_VISIT
from clinic_site.markup.schema import Schema, list_of, number, optional_text, text_up_to


def dollars(value: object) -> Iterator[str]:
    """A price in Canadian dollars: 120 or 95.50."""
    problems = list(number(value))
    yield from problems
    if not problems and isinstance(value, int | float) and not 0 <= value <= HIGHEST_PRICE:
        yield f"write a price from 0 to {HIGHEST_PRICE}"


def minutes(value: object) -> Iterator[str]:
    """How long a visit is."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_VISIT:
        yield "write whole minutes, such as 45"


PRICE = Schema(
    {"visit": text_up_to(120), "minutes": minutes, "price": dollars, "included": optional_text},
    frozenset({"visit", "price"}),
)


def prices(value: object) -> Iterator[str]:
    """The table of prices, each kind of visit once."""
    yield from list_of(PRICE)(value)
    yield from told_once(value, "visit", "the price of")


def canonical(entry: Mapping[str, Any]) -> dict[str, Any]:
    """One price in the form that `current` gives."""
    amount = round(Decimal(str(entry["price"])), 2)
    whole = amount == amount.to_integral_value()
    return said(entry, ("visit", "minutes", "included")) | {
        "price": int(amount) if whole else float(amount)
    }


def current(row: Price) -> dict[str, Any]:
    """What the table says of one price."""
    keys = ("visit", "minutes", "included")
    return {key: getattr(row, key) for key in keys} | {"price": row.amount}


def take_in(clinic: Clinic, entries: Sequence[Mapping[str, Any]]) -> None:
    """Make the table say these; rows are kept by the visit that they are for."""
    known = {row.visit: row for row in clinic.prices.all()}
    for position, entry in enumerate(entries):
        row = known.pop(entry["visit"], None) or Price(clinic=clinic, visit=entry["visit"])
        row.position, row.minutes = position, entry.get("minutes")
        row.amount, row.included = Decimal(str(entry["price"])), entry.get("included", "")
        keep(row, "prices", row.visit)
    Price.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
