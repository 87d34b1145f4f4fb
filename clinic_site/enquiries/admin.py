"""Enquiries in the admin: the routes of the inbox and who may use them; reply texts and the audit in the stock way."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from clinic_site.enquiries.inbox.reply_templates import take_starters
from clinic_site.enquiries.inbox.views import (
    data_subject,
    detail,
    doubles,
    enquiry_list,
    phone_call,
    reply,
    statistics,
)
from clinic_site.enquiries.models import Enquiry, EnquiryEvent, ReplyText
from clinic_site.enquiries.staff_actions.answer import replies_go_through_the_site, set_reply_way
from clinic_site.read_only_admin import ReadOnly
from clinic_site.typed_fields import TYPED_COLUMNS

View = Callable[..., HttpResponse]


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin[Enquiry]):
    """The inbox. Every page of it is ours; deleting means erasing."""

    def get_urls(self) -> list[URLPattern]:
        one = "<int:pk>/"
        routes: list[tuple[str, View, str, str]] = [
            ("", enquiry_list.listing, "changelist", "view"),
            ("list/", enquiry_list.fragment, "list", "view"),
            ("search/", enquiry_list.search, "search", "view"),
            ("figures/", statistics.show, "figures", "view"),
            ("add/", phone_call.take, "add", "add"),
            ("suspects/", enquiry_list.end_suspects, "suspects", "change"),
            ("forgotten/", enquiry_list.end_forgotten, "forgotten", "change"),
            ("untouched/", enquiry_list.end_untouched, "untouched", "change"),
            ("table/", data_subject.table, "table", "export"),
            ("person/", data_subject.person, "person", "export"),
            ("dossier/", data_subject.dossier, "dossier", "export"),
            ("erase/", data_subject.erase_many, "erase", "delete"),
            (one + "change/", detail.detail, "change", "view"),
            (one + "here/<int:version>/", detail.here, "here", "view"),
            (one + "double/", doubles.close, "double", "change"),
            (one + "reply/", reply.send, "reply", "change"),
            (one + "reached/", reply.reached, "reached", "change"),
            (one + "take-back/", reply.take_back, "take_back", "change"),
            (one + "history/", detail.history, "history", "view"),
            (one + "not-spam/", detail.not_spam, "not_spam", "change"),
            (one + "correct/", data_subject.correct, "correct", "change"),
            (one + "delete/", data_subject.erase, "delete", "delete"),
        ]
        return [
            path(route, self._guarded(view, need), name=f"enquiries_enquiry_{name}")
            for route, view, name, need in routes
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Taking one down by phone is part of answering them."""
        return self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether they may take enquiries out of the site."""
        return request.user.has_perm("enquiries.export_enquiry")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("enquiries.erase_enquiry")

    def _guarded(self, view: View, need: str) -> View:
        """The view behind the admin's sign-in, for those who may see enquiries and do what it needs."""

        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
            writes = view is detail.detail and request.method == "POST"
            for permission in {"view", "change" if writes else need}:
                if not getattr(self, f"has_{permission}_permission")(request):
                    raise PermissionDenied
            return view(request, **arguments)

        return self.admin_site.admin_view(guarded)


@admin.register(ReplyText)
class ReplyTextAdmin(admin.ModelAdmin[ReplyText]):
    """The owner's texts to start an answer from."""

    formfield_overrides = TYPED_COLUMNS
    list_display = ("title",)
    ordering = ("position", "title")

    def get_urls(self) -> list[URLPattern]:
        own = [("starters/", self.starters, "starters"), ("way/", self.way, "way")]
        routes = [
            path(route, self.admin_site.admin_view(view), name=f"enquiries_replytext_{name}")
            for route, view, name in own
        ]
        return [*routes, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        way = {"through_the_site": replies_go_through_the_site()}
        return super().changelist_view(request, way | (extra_context or {}))

    def starters(self, request: HttpRequest) -> HttpResponse:
        """Keep the texts that the site brings along, to be edited."""
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        messages.success(request, f"{take_starters()} texts to begin with: make them your own.")
        return HttpResponseRedirect(reverse("admin:enquiries_replytext_changelist"))

    def way(self, request: HttpRequest) -> HttpResponse:
        """Set how answers leave: through the site, or in the mail program of whoever answers."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        set_reply_way(through_the_site=request.POST.get("through") == "site")
        messages.success(request, "Set for everybody.")
        return HttpResponseRedirect(reverse("admin:enquiries_replytext_changelist"))


@admin.register(EnquiryEvent)
class EnquiryEventAdmin(ReadOnly, admin.ModelAdmin[EnquiryEvent]):
    """The audit, to be read."""

    list_display = ("at", "kind", "reference", "by")
    list_filter = ("kind", "by")
    search_fields = ("reference",)
    list_select_related = ("by",)
    ordering = ("-pk",)
    list_per_page = 50
    show_full_result_count = False
