"""Pages in the stock admin: the list, the routes of the editor, and who may use them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from clinic_site.pages.editor.page_tree import STATES, page_tree
from clinic_site.pages.editor.views import address, edit, history, new_page, pasting, previews
from clinic_site.pages.editor.views.admin_page import admin_page
from clinic_site.pages.models import Page
from clinic_site.typed_text import cut_typed

View = Callable[..., HttpResponse]


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    """The list is the tree; a page opens in the editor. Pages are withdrawn, never deleted."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The site's tree, or of it what has the words `q` or stands as `state` says."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        asked = cut_typed(request.GET.get("q", ""), longest=200)
        state = request.GET.get("state", "")
        tree = page_tree()
        if asked:
            tree = tree.only(lambda row: row.has_words(asked))
        if state in STATES:
            tree = tree.only(lambda row: row.is_marked(state))
        is_part = bool(asked or state in STATES)
        context: dict[str, Any] = {"tree": tree, "asked": asked, "state": state, "is_part": is_part}
        return admin_page(request, "tree", title="Pages", **context)

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
