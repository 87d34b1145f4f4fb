"""Mail in the admin: where each message stands, and sending one again. Words only for those who may read them."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.querysets import OutboundEmailQuerySet
from clinic_site.outbox.resend import NothingToSend, send_again, send_all_again
from clinic_site.read_only_admin import ReadOnly

STANDING = (
    "state",
    "purpose",
    "attempts",
    "last_error",
    "created_at",
    "due_at",
    "sent_at",
    "failed_at",
    "sent_again_by",
    "words_dropped_at",
)
WORDS = ("to", "subject", "body")


@admin.register(OutboundEmail)
class OutboundEmailAdmin(ReadOnly, admin.ModelAdmin[OutboundEmail]):
    list_display = ("created_at", "purpose", "state", "attempts", "last_error", "due_at")
    list_filter = ("state", "purpose")
    ordering = ("-created_at", "-pk")
    actions = ("send_chosen_again",)
    list_per_page = 50
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: OutboundEmail | None = None) -> Any:
        return STANDING + (WORDS if request.user.has_perm("outbox.read_words") else ())

    def get_readonly_fields(self, request: HttpRequest, obj: OutboundEmail | None = None) -> Any:
        return STANDING + WORDS

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        return request.user.has_perm("outbox.send_again")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whoever may not read the words can't ask for the messages that have some in them either."""
        is_safe = lookup.partition("__")[0] in STANDING or request.user.has_perm(
            "outbox.read_words"
        )
        return is_safe and super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        """The stock ones, and that of the button above the list."""
        view = self.admin_site.admin_view(self.send_all_given_up_again)
        own = path("send-all-again/", view, name="outbox_outboundemail_send_all_again")
        return [own, *super().get_urls()]

    def send_all_given_up_again(self, request: HttpRequest) -> HttpResponse:
        """Have the worker try all that was given up."""
        if not self.has_send_again_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        queued = send_all_again(by=cast(User, request.user))
        self.message_user(request, f"To be sent again: {queued}.", messages.SUCCESS)
        return redirect("admin:outbox_outboundemail_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the button where there is something for it."""
        may = self.has_send_again_permission(request)
        count = OutboundEmail.objects.given_up().with_words().count() if may else 0
        return super().changelist_view(
            request, {"may_send_all_again": count, **(extra_context or {})}
        )

    @admin.action(description="Send again", permissions=["send_again"])
    def send_chosen_again(self, request: HttpRequest, queryset: OutboundEmailQuerySet) -> None:
        """Have the worker try the chosen messages anew."""
        queued = 0
        for mail in queryset:
            try:
                send_again(mail=mail, by=cast(User, request.user))
                queued += 1
            except NothingToSend as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
        self.message_user(request, f"To be sent again: {queued}.", messages.SUCCESS)
