"""A page's address and its place among its siblings."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from clinic_site.pages.actions.move import move
from clinic_site.pages.actions.publish import PageChanged, arrange
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Page
from clinic_site.typed_fields import TypedLine


class PlaceForm(forms.Form):
    """Where a page is found."""

    path = TypedLine(max_length=200, label="Address")
    position = forms.IntegerField(
        min_value=0,
        max_value=9_999,
        label="Place among its siblings",
        help_text="Smaller numbers come first. From 100 on a page stands at the foot of the site.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_path(self) -> str:
        return str(self.cleaned_data["path"]).strip().strip("/").lower()


def address(request: HttpRequest, pk: int) -> HttpResponse:
    """The address and the place of a page; both change for patients at once."""
    page = get_object_or_404(Page, pk=pk)
    start = {"path": page.path, "position": page.position, "version": page.version}
    form = PlaceForm(request.POST or None, initial=start)
    if form.is_valid() and _place(request, page, form):
        return to("address", page)
    below = Page.objects.filter(path__startswith=f"{page.path}/").count()
    siblings = Page.objects.under(page.parent_path)
    return admin_page(
        request,
        "address",
        title=f"Address of “{page.name()}”",
        status=422 if form.errors else 200,
        page=page,
        form=form,
        below=below,
        siblings=siblings[:60],
        layout=LAYOUTS.get(page.layout),
    )


def _place(request: HttpRequest, page: Page, form: PlaceForm) -> bool:
    """Whether it was done; what hinders it stands beside its field."""
    said, old = form.cleaned_data, str(page)
    if said["version"] != page.version:
        form.add_error(None, "Somebody changed this page just now. Look again, then save.")
        return False
    if said["path"] != page.path:
        try:
            moved = move(
                page=page, to=said["path"], by=person(request), expected_version=page.version
            )
        except (ValidationError, PageChanged) as error:
            form.add_error("path", getattr(error, "messages", [str(error)])[0])
            return False
        page.refresh_from_db()
        more = f" {len(moved) - 1} pages below it moved along." if len(moved) > 1 else ""
        record(request, page, f"Moved {old} to {page}. The old address leads there for good.{more}")
    if said["position"] != page.position:
        arrange(page=page, layout=page.layout, position=said["position"], by=person(request))
        record(request, page, f"{page} has place {said['position']} among its siblings now.")
    elif said["path"] == form.initial["path"]:
        messages.info(request, "Nothing had changed.")
    return True
