"""Fixtures for the tests of staff at work."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.desk import desk, signed_in, staffed
from tests.serving import Site

PASSWORD = "only for pictures"
PEOPLE = f"""
from django.contrib.auth.models import Group, User
from tests.clinic.whole_clinic import open_the_clinic
from tests.enquiries.inbox_world import enquiry
from tests.pages.writing import sign_welcome_cards
open_the_clinic()
enquiry("Pat Sample", wanted_person="Anna Lee", wanted_place="Harbour")
sign_welcome_cards()
user = User.objects.create_user("anna", "anna@example.ca", "{PASSWORD}", is_staff=True)
user.groups.set([Group.objects.get(name="Owner")])
"""
__all__ = ["desk", "signed_in", "staffed"]


@pytest.fixture(scope="session")
def peopled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped site of a clinic that has everything, welcomes and Anna, an owner. Read from it, don't write."""
    running = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("peopled") / "data"))
    done = running.manage("shell", "-c", PEOPLE)
    assert done.returncode == 0, done.stderr
    running.start()
    yield running
    running.stop()
