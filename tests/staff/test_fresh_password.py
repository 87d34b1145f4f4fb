"""What cannot be undone, or leaves the house, takes the password once more; nothing that was sent is lost by it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.enquiries.models import Enquiry
from clinic_site.staff.roles import OWNER
from tests.enquiries.inbox_world import address, enquiry
from tests.staff.conftest import Later
from tests.staff.people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="(enquiry|sure)" value="([^"]+)">')


@pytest.fixture
def owner(client: Client, later: Later) -> User:
    """An owner whose password is eleven minutes old."""
    user = person("owner", OWNER)
    sign_in(client, "owner")
    later(minutes=11)
    return user


def test_exporting_asks_first_and_then_gives_the_file(client: Client, owner: User) -> None:
    enquiry()
    asked = client.post(address("table"), {"status": "all"})
    assert "text/csv" not in asked["Content-Type"]
    assert b"Ana Sample" not in asked.content
    given = client.post(address("table"), {"status": "all", "fresh_password": PASSWORD})
    assert given["Content-Type"].startswith("text/csv")


def test_the_question_carries_all_that_was_sent(client: Client, owner: User) -> None:
    kept = [enquiry(), enquiry("Bo Sample")]
    sent = {"enquiry": [one.pk for one in kept], "sure": "yes"}
    page = client.post(address("erase"), sent).content.decode()
    assert sorted(HIDDEN.findall(page)) == sorted(
        [*(("enquiry", str(one.pk)) for one in kept), ("sure", "yes")]
    )


def test_erasing_asks_first(client: Client, owner: User) -> None:
    kept = enquiry()
    client.post(address("delete", kept.pk))
    assert Enquiry.objects.get().name == "Ana Sample"
    client.post(address("delete", kept.pk), {"fresh_password": PASSWORD})
    assert Enquiry.objects.get().name == ""


def test_a_wrong_password_does_nothing_and_is_counted(client: Client, owner: User) -> None:
    kept = enquiry()
    answers = [
        client.post(address("delete", kept.pk), {"fresh_password": "wrong"}).status_code
        for _ in range(6)
    ]
    assert answers == [422, 422, 422, 422, 429, 429]
    assert Enquiry.objects.get().name == "Ana Sample"


def test_the_second_factor_stays_until_the_password_was_given(client: Client, owner: User) -> None:
    TOTPDevice.objects.create(user=owner)
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get().persistent_id
    session.save()
    client.post(reverse("staff:remove"))
    assert TOTPDevice.objects.exists()
    client.post(reverse("staff:remove"), {"fresh_password": PASSWORD})
    assert not TOTPDevice.objects.exists()


def test_so_does_that_of_others(client: Client, owner: User) -> None:
    anna = person("anna")
    TOTPDevice.objects.create(user=anna)
    chosen = {"action": "take_off_second_factor", "_selected_action": [anna.pk]}
    users = reverse("admin:auth_user_changelist")
    client.post(users, chosen)
    assert TOTPDevice.objects.exists()
    client.post(users, {**chosen, "fresh_password": PASSWORD})
    assert not TOTPDevice.objects.exists()


def test_within_ten_minutes_of_it_nothing_is_asked(client: Client, later: Later) -> None:
    person("owner", OWNER)
    sign_in(client, "owner")
    later(minutes=9)
    assert client.post(address("table"))["Content-Type"].startswith("text/csv")


def test_the_password_itself_is_never_sent_back(client: Client, owner: User) -> None:
    page = client.post(address("table"), {"fresh_password": "a secret slip"})
    assert b"a secret slip" not in page.content
