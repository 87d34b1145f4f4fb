"""`manage.py maintenance`: the form is closed and says to call; what was typed stays; pages stay."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from clinic_site.enquiries.models import Enquiry
from tests.faults.patients import fill_in
from tests.real_clinic import REAL_CLINIC

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture(autouse=True)
def _closed(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "static.stamp").touch()  # a site was started here
    call_command("maintenance", "on")


def test_the_form_says_to_call(client: Client) -> None:
    answer = client.get("/book/")
    page = answer.content.decode()
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert "the form is closed for now" in page
    assert str(REAL_CLINIC["phone"]) in page
    assert 'method="post"' not in page


def test_who_had_it_open_keeps_every_word_and_nothing_is_taken(client: Client) -> None:
    [submission] = fill_in(1)
    answer = client.post(
        "/book/", submission.body(), content_type="application/x-www-form-urlencoded"
    )
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "not sent" in page
    assert "Words of patient 0." in page
    assert not Enquiry.objects.exists()


def test_pages_stay(client: Client) -> None:
    assert client.get("/safety/").status_code == 200


def test_off_opens_it_again(client: Client) -> None:
    call_command("maintenance", "off")
    assert client.get("/book/").status_code == 200


def test_a_folder_without_a_site_is_not_taken_for_it(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "mistyped"
    settings.DATA_DIR.mkdir()
    with pytest.raises(SystemExit, match=r"^Nothing was changed: no site was ever .*mistyped"):
        call_command("maintenance", "on")
    assert list(settings.DATA_DIR.iterdir()) == []


def test_without_a_word_it_says_which_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("maintenance")
    assert "The form is closed" in capsys.readouterr().out
