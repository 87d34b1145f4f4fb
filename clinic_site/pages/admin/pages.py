"""Pages in the stock admin: the list, the routes of the editor, and who may use them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from clinic_site.pages.editor.views import address, edit, history, new_page, pasting, previews
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import Page, Revision

View = Callable[..., HttpResponse]
STATES = {
    "live": "Live",
    "draft": "With a draft",
    "scheduled": "Scheduled",
    "withdrawn": "Withdrawn",
    "unpublished": "Never published",
}


class StateFilter(admin.SimpleListFilter):
    """Pages by how they stand; a page can stand under several."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions = {
            "live": Q(live_now__isnull=False, is_gone=False),
            "draft": Q(draft__isnull=False),
            "scheduled": Q(next_at__isnull=False),
            "withdrawn": Q(is_gone=True),
            "unpublished": Q(live_now__isnull=True),
        }
        chosen = conditions.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    """The list is stock; a page opens in the editor. Pages are withdrawn, never deleted."""

    list_display = ("title_now", "path", "state", "last_change")
    list_filter = (StateFilter, "layout")
    list_per_page = 100
    search_fields = ("path", "revisions__title")
    ordering = ("path",)
    change_list_template = "admin/pages/page/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = Revision.objects.filter(page=OuterRef("pk"))
        newest, past = own.order_by("-pk"), own.past()
        annotated: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(
                newest_title=Subquery(newest.values("title")[:1]),
                newest_at=Subquery(newest.values("created_at")[:1]),
                newest_by=Subquery(newest.values("created_by__username")[:1]),
                live_now=Subquery(past.values("pk")[:1]),
                is_gone=Subquery(past.values("is_withdrawn")[:1]),
                draft=Subquery(own.waiting().values("pk")[:1]),
                next_at=Subquery(own.scheduled().values("publish_at")[:1]),
            )
        )
        return annotated

    @admin.display(description="Title", ordering="newest_title")
    def title_now(self, page: Any) -> str:
        return page.newest_title or "(no words yet)"

    @admin.display(description="State")
    def state(self, page: Any) -> str:
        stands = {None: "Not published", True: "Withdrawn", False: "Live"}
        said = [stands[page.is_gone]]
        if page.layout in ABOUT_PEOPLE and said == ["Live"]:
            said = ["Live while there are practitioners"]
        if page.draft:
            said.append("draft waiting")
        if page.next_at:
            said.append(f"scheduled for {timezone.localtime(page.next_at):%Y-%m-%d %H:%M}")
        return ", ".join(said)

    @admin.display(description="Last change", ordering="newest_at")
    def last_change(self, page: Any) -> str:
        if page.newest_at is None:
            return ""
        day = timezone.localtime(page.newest_at)
        return f"{day:%Y-%m-%d %H:%M}, {page.newest_by or 'content files'}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Pages", **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        one = "<int:pk>/"
        routes: list[tuple[str, View, str, str]] = [
            ("add/", new_page.add, "add", "add"),
            ("scheduled/", history.scheduled, "scheduled", "view"),
            ("markdownify/", previews.markdownify, "markdownify", "change"),
            ("paste/", pasting.paste, "paste", "change"),
            ("targets/", previews.targets, "targets", "view"),
            (one + "change/", edit.change, "change", "change"),
            (one + "preview/", previews.preview, "preview", "change"),
            (one + "checks/", previews.checks, "checks", "change"),
            (one + "address/", address.address, "address", "change"),
            (one + "links/", previews.links, "links", "change"),
            (one + "history/", history.history, "history", "view"),
            (one + "compare/", history.compare, "compare", "view"),
            (one + "restore/", history.put_back, "restore", "change"),
            (one + "unschedule/", history.unschedule, "unschedule", "change"),
            (one + "withdraw/", history.take_down, "withdraw", "change"),
        ]
        own = [
            path(route, self._guarded(view, need), name=f"pages_page_{name}")
            for route, view, name, need in routes
        ]
        changelist = [one for one in super().get_urls() if one.name == "pages_page_changelist"]
        return [*own, *changelist]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _guarded(self, view: View, need: str) -> View:
        """The view behind the admin's sign-in, for those who may `need` pages."""

        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not getattr(self, f"has_{need}_permission")(request):
                raise PermissionDenied
            return view(request, **arguments)

        return self.admin_site.admin_view(guarded)
