"""Mail in the admin: where each message stands, and sending one again. Words only for those who may read them."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.querysets import OutboundEmailQuerySet
from clinic_site.outbox.sending_again import NothingToSend, send_again

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
class OutboundEmailAdmin(admin.ModelAdmin[OutboundEmail]):
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        return request.user.has_perm("outbox.send_again")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whoever may not read the words can't ask for the messages that have some in them either."""
        is_safe = lookup.partition("__")[0] in STANDING or request.user.has_perm(
            "outbox.read_words"
        )
        return is_safe and super().lookup_allowed(lookup, value, request)

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
