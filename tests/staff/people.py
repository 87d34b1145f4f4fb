"""People for the tests of the staff room: one in each role, and some who may not be let in."""

from django.contrib.auth.models import Group, User

PASSWORD = "a long password here"


def person(name: str, *roles: str, is_staff: bool = True) -> User:
    """An account with these roles."""
    user = User.objects.create_user(name, f"{name}@example.com", PASSWORD, is_staff=is_staff)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user
