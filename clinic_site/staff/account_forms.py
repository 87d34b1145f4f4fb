"""The forms about accounts in a clinic's words: a name, a password, and roles that say what each may do."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User

from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER

MAY = {
    OWNER: "everything, accounts included",
    EDITOR: "write and publish pages, pictures, notices and closed days",
    REVIEWER: "read pages and sign them off",
    FRONT_DESK: "answer enquiries",
}
LABELS = {"username": "Name to sign in with", "is_active": "In use", "is_staff": "May sign in here"}
HELP = {
    "username": "Letters, digits and @ . + - _",
    "is_active": "Take the tick away when somebody leaves. Accounts are never deleted.",
    "is_staff": "Without the tick their password opens nothing.",
}


class RolesField(forms.ModelMultipleChoiceField[Group]):
    """Which roles somebody has, a box each."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(Group.objects.order_by("name"), required=False, label="Roles")

    def label_from_instance(self, obj: Any) -> str:
        may = MAY.get(obj.name)
        return f"{obj.name}: {may}" if may else str(obj.name)


class AccountForm(UserChangeForm[User]):
    """An account; its password has a page of its own."""

    password = None  # type: ignore[assignment]  # as Django's documentation takes a field out
    groups = RolesField()

    class Meta(UserChangeForm.Meta):
        labels = LABELS
        help_texts = HELP


class NewAccountForm(UserCreationForm[User]):
    """A new account, of somebody who will sign in."""

    groups = RolesField()

    class Meta(UserCreationForm.Meta):
        labels = LABELS
        help_texts = HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_staff"].initial = True


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # it takes none where it runs
    """Another password for somebody; an account without one could not sign in here at all."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        del self.fields["usable_password"]
        for name in ("password1", "password2"):
            self.fields[name].required = True
