"""The list on the owner's first page until the site is ready: what is left, what is done, and when it goes."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Hours, Location
from clinic_site.clinic.sample import SAMPLE_NAME
from clinic_site.operations import backup_record
from clinic_site.outbox.models import OutboundEmail
from clinic_site.staff.checklist import checklist_for
from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER
from tests.pages.practitioners import practitioner
from tests.staff.people import person

pytestmark = pytest.mark.django_db
ALL = [
    "Name and phone number",
    "Places",
    "Opening hours",
    "People who treat patients",
    "Sign the pages off",
    "Send yourself an enquiry",
    "Restore a backup once",
]


@pytest.fixture(autouse=True)
def _machine(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def ready(db: None) -> None:
    """Everything is done."""
    clinic = Clinic.objects.create(pk=1, name="Elm IMS", phone="604-730-2211", email="a@b.ca")
    place = Location.objects.create(
        clinic=clinic, name="Elm", street="4 Elm Street", city="Delta", postal_code="V4C 1A1"
    )
    Hours.objects.create(location=place, weekday=0, opens="09:00", closes="17:00")
    practitioner()
    mail = {"key": "k", "to": "a@b.ca", "subject": "S", "body": "B", "purpose": "enquiry"}
    OutboundEmail.objects.create(state="sent", sent_at=timezone.now(), **mail)
    backup_record.write_restored()


def left() -> list[str]:
    """What the owner is told of as not done."""
    return [step.name for step in checklist_for(person(f"o{timezone.now():%f}", OWNER)).to_do]


def test_the_site_as_it_comes_has_everything_left_to_do(published: Any) -> None:
    Clinic.objects.update(name=SAMPLE_NAME)
    assert left() == ALL


def test_a_site_that_is_ready_has_no_list(ready: None, client: Client) -> None:
    assert left() == []
    client.force_login(person("olga", OWNER))
    assert "Until the site opens" not in client.get("/admin/").content.decode()


def test_the_list_says_how_much_is_done(ready: None, client: Client) -> None:
    Hours.objects.all().delete()
    client.force_login(person("olga", OWNER))
    html = client.get("/admin/").content.decode()
    assert "6 of 7 done" in html
    assert "Answers are promised by them" in html


@pytest.mark.parametrize(
    ("role", "names"),
    [(EDITOR, []), (FRONT_DESK, []), (REVIEWER, ["Sign the pages off"])],
)
def test_each_role_is_told_what_it_may_do(published: Any, role: str, names: list[str]) -> None:
    assert [step.name for step in checklist_for(person("x", role)).to_do] == names


@pytest.mark.parametrize("place", range(6))
def test_each_step_opens(published: Any, client: Client, place: int) -> None:
    client.force_login(olga := person("olga", OWNER))
    step = checklist_for(olga).steps[place]
    assert client.get(step.url, follow=True).status_code == 200


def test_mail_kept_as_files_is_no_mail_that_arrived(ready: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert left() == ["Send yourself an enquiry"]


def test_a_place_without_hours_is_not_done(ready: None) -> None:
    address = {"street": "5 Elm Street", "city": "Delta", "postal_code": "V4C 1A1"}
    Location.objects.create(clinic_id=1, name="Second", **address)
    assert left() == ["Opening hours"]
