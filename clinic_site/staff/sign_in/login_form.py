"""The sign-in form: the stock admin's, with the name of whoever was here a moment ago already in it."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest

from clinic_site.staff.sessions.known_devices import last_user_here


class SignInForm(AdminAuthenticationForm):
    """Asks for the password alone where a session of this device ended by itself."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if request is not None and (name := last_user_here(request)):
            self.initial.setdefault("username", name)
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True
