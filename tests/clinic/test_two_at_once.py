"""Two people who save the same practitioner, place, hours, closure or clinic: neither undoes the other unseen."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Clinic, Closure, Hours, Location
from clinic_site.clinic.optimistic_lock import TOO_LATE
from tests.pages.practitioners import practitioner
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 24)
KINDS = ["clinic", "location", "closure", "practitioner"]
# The field that both change.
SAID = {"clinic": "name", "location": "note", "closure": "reason", "practitioner": "about"}


@pytest.fixture
def anna(client: Client, published: None) -> Client:
    client.force_login(User.objects.create_superuser("anna"))
    return client


@pytest.fixture
def rows(published: None) -> dict[str, Model]:
    return {
        "clinic": Clinic.objects.get(),
        "location": Location.objects.get(),
        "closure": Closure.objects.create(
            clinic_id=1, starts_on=DAY, ends_on=DAY, reason="Training"
        ),
        "practitioner": practitioner(),
    }


def opened(anna: Client, row: Model) -> dict[str, Any]:
    """The form as the browser has it, ready to be sent."""
    page = anna.get(address(row))
    return sent_by(page)


def sent_by(page: HttpResponse) -> dict[str, Any]:
    """What the browser would send of the page as it stands."""
    assert f'name="read" value="{page.context["read"]}"' in page.text
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    told = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    told = {name: value for name, value in told.items() if value is not None}
    return told | {"read": page.context["read"]}


def address(row: Model) -> str:
    return reverse(f"admin:clinic_{row._meta.model_name}_change", args=[row.pk])


def value(row: Model, name: str) -> Any:
    return type(row)._base_manager.values_list(name, flat=True).get(pk=row.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_alone_saves(anna: Client, rows: dict[str, Model], kind: str) -> None:
    row, name = rows[kind], SAID[kind]
    assert anna.post(address(row), opened(anna, row) | {name: "Mine"}).status_code == 302
    assert value(row, name) == "Mine"


@pytest.mark.parametrize("kind", KINDS)
def test_who_comes_second_sees_both_and_loses_nothing(
    anna: Client, rows: dict[str, Model], kind: str
) -> None:
    row, name = rows[kind], SAID[kind]
    mine = opened(anna, row) | {name: "Mine"}
    type(row)._base_manager.filter(pk=row.pk).update(**{name: "Theirs"})
    page = anna.post(address(row), mine)
    assert value(row, name) == "Theirs"
    words = words_of(page.text)
    assert TOO_LATE in words
    assert "is now: Theirs" in words
    assert page.context["adminform"].form[name].value() == "Mine"
    assert anna.post(address(row), sent_by(page)).status_code == 302
    assert value(row, name) == "Mine"


def test_what_only_the_other_changed_is_told_too(anna: Client, rows: dict[str, Model]) -> None:
    row = rows["closure"]
    mine = opened(anna, row) | {"reason": "Mine"}
    Closure.objects.update(ends_on=date(2026, 12, 28))
    words = words_of(anna.post(address(row), mine).text)
    assert "To is now: 2026-12-28" in words


def test_hours_that_another_changed_are_told(anna: Client, rows: dict[str, Model]) -> None:
    row = rows["location"]
    mine = opened(anna, row) | {"note": "Mine"}
    Hours.objects.filter(weekday=0).update(opens="06:15")
    page = anna.post(address(row), mine)
    assert "Hours are now: Monday 06:15" in words_of(page.text)
    assert value(row, "note") != "Mine"


def test_hours_are_not_saved_over_those_of_another(anna: Client, rows: dict[str, Model]) -> None:
    row = rows["location"]
    mine = opened(anna, row) | {"hours-0-opens": "07:30"}
    Hours.objects.filter(weekday=4).update(opens="06:15")
    assert TOO_LATE in words_of(anna.post(address(row), mine).text)
    assert not Hours.objects.filter(opens="07:30").exists()


def test_the_same_from_both_is_no_conflict(anna: Client, rows: dict[str, Model]) -> None:
    row = rows["closure"]
    both = opened(anna, row) | {"reason": "Team day"}
    Closure.objects.update(reason="Team day")
    assert anna.post(address(row), both).status_code == 302
