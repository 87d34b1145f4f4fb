"""Verbs that make accounts of staff."""

from django.contrib.auth.models import User
from django.db import transaction


@transaction.atomic
def make_owner(*, username: str, full_name: str, email: str, password: str) -> User:
    """The account of somebody who may do everything, made at the machine. IntegrityError for a name that is taken."""
    first, _, last = full_name.rpartition(" ")
    return User.objects.create_superuser(
        username, email, password, first_name=first or last, last_name=last if first else ""
    )
