"""The four roles, as groups of the admin. The migration 0001_roles says what each may do."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

OWNER, EDITOR, REVIEWER, FRONT_DESK = "Owner", "Editor", "Reviewer", "Front desk"
ROLES = (OWNER, EDITOR, REVIEWER, FRONT_DESK)


def is_owner(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this is an owner: a superuser, or in the group of that name; one query."""
    if getattr(user, "is_superuser", False):
        return True
    groups = getattr(user, "groups", None)
    return bool(user.is_authenticated and groups and groups.filter(name=OWNER).exists())
