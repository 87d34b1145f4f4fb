"""A page's address and its place among its siblings; and pages that are new."""

from itertools import count

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from clinic_site.pages.actions.move import check_address, move
from clinic_site.pages.actions.publish import PageChanged, arrange, create_page, save_draft
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Page
from clinic_site.typed_fields import TypedLine

LAYOUT_WORDS = {
    "article": "Article: a plain page with sections",
    "condition": "Condition: stands under Conditions, by body area",
    "question": "Question: stands under Questions",
    "term": "Term: stands in the Glossary",
    "cards": "Cards: each section in a card of its own",
    "checklist": "Checklist: each section is one point",
    "walkthrough": "Walk-through: stages with numbered steps",
    "phases": "Phases: a plan over weeks, with a chart",
}


FOLDERS = {"condition": "conditions", "question": "faq", "term": "glossary"}


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


class NewPageForm(forms.Form):
    """A page that is to be: the layout is chosen here, once."""

    layout = forms.ChoiceField(
        choices=list(LAYOUT_WORDS.items()),
        widget=forms.RadioSelect,
        label="What kind of page is it?",
        help_text="This is chosen once and stays.",
    )
    title = TypedLine(max_length=200)
    path = TypedLine(
        max_length=200,
        required=False,
        label="Address",
        help_text="Made from the title if you leave it empty. Else small letters, digits and"
        " hyphens: conditions/tennis-elbow.",
    )

    def clean_path(self) -> str:
        return str(self.cleaned_data["path"]).strip().strip("/").lower()

    def clean(self) -> None:
        if self.errors:
            return
        if not self.cleaned_data["path"]:
            said = self.cleaned_data
            said["path"] = free_address(title=said["title"], layout=said["layout"])
        try:
            check_address(path=self.cleaned_data["path"], layout=self.cleaned_data["layout"])
        except ValidationError as error:
            self.add_error("path", error)


def free_address(*, title: str, layout: str) -> str:
    """An address made from a title, in the folder of its kind, with a number where it is taken."""
    folder = FOLDERS.get(layout, "")
    slug = slugify(title)[:60].replace("_", "-").strip("-") or "page"
    slug = "-".join(filter(None, slug.split("-")))
    stem = f"{folder}/{slug}" if folder else slug
    taken = set(Page.objects.filter(path__startswith=stem).values_list("path", flat=True))
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken else next(path for path in numbered if path not in taken)


def add(request: HttpRequest) -> HttpResponse:
    """A new page with an empty draft, open in the editor."""
    form = NewPageForm(request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return admin_page(request, "add", title="New page", form=form, status=status)
    said = form.cleaned_data
    page = create_page(path=said["path"], layout=said["layout"], by=person(request))
    save_draft(page=page, words={"title": said["title"]}, by=person(request), note="New page")
    record(request, page, f"Made a draft at {page}. Patients do not see it until you publish it.")
    return to("change", page)


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
        title=f"Address of {page}",
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
