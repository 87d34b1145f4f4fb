"""People for the tests of the staff room: one in each role, and some who may not be let in."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.staff.session_store import PASSWORD_AT

PASSWORD = "a long password here"


def person(name: str, *roles: str, is_staff: bool = True) -> User:
    """An account with these roles."""
    user = User.objects.create_user(name, f"{name}@example.com", PASSWORD, is_staff=is_staff)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def give_password(client: Client) -> None:
    """Whoever is signed in with this browser has just given their password."""
    session = client.session
    session[PASSWORD_AT] = int(timezone.now().timestamp())
    session.save()


def sign_in(client: Client, name: str, password: str = PASSWORD, **headers: Any) -> Any:
    """The answer to name and password at the door."""
    data = {"username": name, "password": password}
    return client.post(reverse("admin:login") + "?next=/admin/", data, **headers)
