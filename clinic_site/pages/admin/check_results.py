"""What the worker found, in the admin: live pages that the checks fault, and links off the site."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clinic_site.pages.models import ExternalLink, PageCheck
from clinic_site.read_only_admin import ReadOnly


class Found(ReadOnly, admin.ModelAdmin[Any]):
    """To be read; the worker writes it."""

    list_display_links = None
    actions = None


class TroubleFilter(admin.SimpleListFilter):
    """Only what needs somebody."""

    title = "to see to"
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Only those with trouble")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        is_quiet = Q(faults=[]) if queryset.model is PageCheck else Q(trouble="")
        return queryset.exclude(is_quiet) if self.value() == "1" else queryset


@admin.register(PageCheck)
class PageCheckAdmin(Found):
    list_display = ("editor", "what", "advice_count", "checked_at")
    list_filter = (TroubleFilter,)
    list_select_related = ("page",)

    @admin.display(description="Page")
    def editor(self, check: PageCheck) -> SafeString:
        url = reverse("admin:pages_page_change", args=[check.page_id])
        return format_html('<a href="{}">{}</a>', url, check.page)

    @admin.display(description="To put right")
    def what(self, check: PageCheck) -> SafeString | str:
        rows = ((f"{one['label']}, line {one['line']}: {one['message']}",) for one in check.faults)
        return format_html_join("", "<p>{}</p>", rows) or "Nothing"


@admin.register(ExternalLink)
class ExternalLinkAdmin(Found):
    list_display = ("url", "trouble", "status", "stands_on", "checked_at")
    list_filter = (TroubleFilter,)
    search_fields = ("url",)

    @admin.display(description="Stands on")
    def stands_on(self, link: ExternalLink) -> str:
        return ", ".join(link.on_paths)
