"""The admin with our sign-in and sign-out around Django's own."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clinic_site.staff.audit import Kind, record
from clinic_site.staff.first_page import first_page
from clinic_site.staff.plain_words import in_plain_words
from clinic_site.staff.sessions.open_sessions import end_all
from clinic_site.staff.sign_in import after_sign_in
from clinic_site.staff.sign_in.login_form import SignInForm

# Words that a page kept for its reader, and pages that the browser kept, are gone from this device.
FORGOTTEN = '"cache", "storage"'


class StaffAdminSite(AdminSite):
    """django.contrib.admin's site; `admin.site` is one of these (see admin_app.py)."""

    login_form = SignInForm
    empty_value_display = ""
    enable_nav_sidebar = (
        False  # the first page has the doors; a list of tables beside each page tells nobody more
    )

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        user: User = request.user  # type: ignore[assignment]  # staff are users
        doors = first_page(user, self.get_app_list(request))
        return super().index(request, doors | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        return in_plain_words(super().get_app_list(request, app_label))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().login(request, extra_context)
        if request.method != "POST":
            return response
        if isinstance(response, HttpResponseRedirect):
            after_sign_in.after_password(request, response)
        else:
            after_sign_in.after_failure(request)
        return response

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method == "POST":
            after_sign_in.before_sign_out(request)
        response = super().logout(request, extra_context)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = FORGOTTEN
        return response

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response: HttpResponse = super().password_change(request, extra_context)
        if isinstance(response, HttpResponseRedirect):
            user: User = request.user  # type: ignore[assignment]  # staff are users
            record(kind=Kind.PASSWORD_CHANGED, user=user)
            end_all(of=user, by=None, but=request.session.session_key or "")
        return response
