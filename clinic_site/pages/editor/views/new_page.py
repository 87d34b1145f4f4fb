"""A page that is to be: its kind, chosen by a picture, its title, and the address that is made from it."""

from itertools import count

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from clinic_site.pages.actions.move import check_address
from clinic_site.pages.actions.publish import create_page, save_draft
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Page
from clinic_site.pages.warning_cards import FOLDER as CARDS
from clinic_site.typed_fields import TypedLine
from clinic_site.typed_text import cut_typed

LAYOUT_WORDS = {
    "article": "Article: a plain page with sections",
    "condition": "Condition: stands under Conditions, by body area",
    "question": "Question: stands under Questions",
    "term": "Term: stands in the Glossary",
    "cards": "Cards: each section in a card of its own",
    "checklist": "Checklist: each section is one point",
    "walkthrough": "Walk-through: stages with numbered steps",
    "phases": "Phases: a plan over weeks, with a chart",
    "card": "Warning card: shown on the pages that name it",
}
LONGEST_TITLE = 200
LONGEST_SLUG = 60  # characters that an address takes from a title


class NewPageForm(forms.Form):
    """A title, a layout, which is chosen here once, and an address where none is to be made."""

    title = TypedLine(max_length=LONGEST_TITLE)
    layout = forms.ChoiceField(
        choices=list(LAYOUT_WORDS.items()),
        widget=forms.RadioSelect,
        label="What kind of page is it?",
        help_text="This is chosen once and stays.",
    )
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
        said = self.cleaned_data
        said["path"] = said["path"] or free_address(title=said["title"], layout=said["layout"])
        try:
            check_address(path=said["path"], layout=said["layout"])
        except ValidationError as error:
            self.add_error("path", error)


def free_address(*, title: str, layout: str) -> str:
    """An address made from a title, in the folder of its kind, with a number where it is taken."""
    slug = slugify(title).replace("_", "-")[:LONGEST_SLUG]
    slug = "-".join(filter(None, slug.split("-"))) or "page"
    folder = _folder_of(layout)
    stem = f"{folder}/{slug}" if folder else slug
    taken = set(Page.objects.filter(path__startswith=stem).values_list("path", flat=True))
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken else next(path for path in numbered if path not in taken)


def _folder_of(layout: str) -> str:
    """Where pages of this layout stand: below the first index for them, cards in their folder, others at the top."""
    if LAYOUTS[layout].is_part:
        return CARDS
    indexes = [name for name, one in LAYOUTS.items() if one.children == layout]
    found = Page.objects.filter(layout__in=indexes).order_by("path")
    return found.values_list("path", flat=True).first() or ""


def add(request: HttpRequest) -> HttpResponse:
    """A new page with an empty draft, open in the editor."""
    form = NewPageForm(request.POST or None, initial=_start(request))
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return admin_page(request, "add", title="New page", form=form, status=status)
    said = form.cleaned_data
    page = create_page(path=said["path"], layout=said["layout"], by=person(request))
    save_draft(page=page, words={"title": said["title"]}, by=person(request), note="New page")
    record(request, page, f"Made a draft at {page}. Patients do not see it until you publish it.")
    return to("change", page)


def _start(request: HttpRequest) -> dict[str, str]:
    """The title and the kind that a link to this form begins with, such as one beside what patients did not find."""
    title = cut_typed(request.GET.get("title", ""), longest=LONGEST_TITLE)
    layout = request.GET.get("layout", "")
    return {"title": title} | ({"layout": layout} if layout in LAYOUT_WORDS else {})
