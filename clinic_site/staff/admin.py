"""Accounts in the admin: who may sign in, and in which role. Only a superuser makes a superuser."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.sites.admin import SiteAdmin
from django.contrib.sites.models import Site
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from clinic_site.read_only_admin import ReadOnly
from clinic_site.staff.account_forms import AccountForm, NewAccountForm, NewPasswordForm
from clinic_site.staff.audit import Kind, record
from clinic_site.staff.models import StaffEvent
from clinic_site.staff.second_factor.middleware import remove
from clinic_site.staff.second_factor.policy import begin_anew
from clinic_site.staff.sessions.fresh_password import ask_password
from clinic_site.staff.sessions.open_sessions import end_all
from clinic_site.typed_fields import TYPED_COLUMNS


class UserAdmin(StockUserAdmin[User]):
    """An account has a role, nothing finer. It is switched off, never deleted: its name stands on what it did."""

    formfield_overrides = TYPED_COLUMNS
    fieldsets = (
        (None, {"fields": ("username",)}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("May sign in", {"fields": ("is_active", "is_staff", "groups")}),
        ("Since", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "password1", "password2"),
            },
        ),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("May sign in", {"fields": ("is_staff", "groups")}),
    )
    filter_horizontal = ()
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = NewPasswordForm
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "first_name", "last_name", "email", "is_active", "roles")
    list_filter = ("is_active", "groups")
    actions = ("take_off_second_factor",)

    @admin.display(description="Roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.action(description="Remove the second factor (a lost phone)", permissions=["change"])
    def take_off_second_factor(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        """The chosen accounts sign in with the password alone, for two weeks at the most where they need one."""
        question = ask_password(request, "You take the second factor off for somebody else.")
        if question:
            return question
        may = [user for user in queryset if self.has_change_permission(request, user)]
        for user in may:
            self._take_off(request, user)
        self.message_user(request, f"Removed from {len(may)} accounts; they are signed out.")
        return None

    @transaction.atomic
    def _take_off(self, request: HttpRequest, user: User) -> None:
        remove(user=user, by=_member(request))
        begin_anew(user=user)
        is_self = user == request.user
        end_all(of=user, by=_member(request), but=_key(request) if is_self else "")
        self.log_change(request, user, "Removed the second factor.")

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if isinstance(response, HttpResponseRedirect) and (user := self.get_object(request, id)):
            record(kind=Kind.PASSWORD_CHANGED, user=user, by=_member(request))
            is_self = user == request.user
            end_all(of=user, by=_member(request), but=_key(request) if is_self else "")
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if (
            obj is not None
            and obj.is_superuser
            and not getattr(request.user, "is_superuser", False)
        ):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GroupAdmin(ReadOnly, StockGroupAdmin):
    """The roles, to be read: what each may do is part of the site."""


class StaffEventAdmin(ReadOnly, admin.ModelAdmin[StaffEvent]):
    """The audit of the door, to be read."""

    list_display = ("at", "kind", "user", "by", "times", "place")
    list_filter = ("kind", "user")
    list_select_related = ("user", "by")
    list_per_page = 50
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": "Sign-ins and refusals"}
        return super().changelist_view(request, title | (extra_context or {}))


def _member(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # staff are users
    return user


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


admin.site.register(StaffEvent, StaffEventAdmin)
admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, UserAdmin)
admin.site.register(Group, GroupAdmin)
if isinstance(admin.site.get_model_admin(Site), SiteAdmin):
    admin.site.unregister(Site)  # SITE_URL says where the site is
for device in (StaticDevice, TOTPDevice):
    admin.site.unregister(device)  # their secrets are nobody's to read
