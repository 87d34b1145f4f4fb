"""The form fields for what a layout needs beyond words, and the way between fields and details.

Each layout has a mapping from a key of its details to a field. Keys without a field (the clinic's,
which are edited elsewhere) are carried along as they stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.pages.editor.rows_field import Column, RowsField
from clinic_site.pages.layouts import LANGUAGE, PLEASE_CONFIRM
from clinic_site.pages.models import Page, Revision
from clinic_site.typed_fields import LinesField, TypedLine, TypedText

PREFIX = "details_"
FACTS = (Column("label", "Label"), Column("value", "What it says"))
TOPICS = (Column("slug", "Short name for the address"), Column("title", "Heading"))
PHASES = (
    Column("section", "Anchor of its section"),
    Column("label", "Short words"),
    Column("low", "Weeks between, from", is_number=True),
    Column("high", "to (empty: and longer)", is_number=True, may_be_empty=True),
)


class PhasesField(RowsField):
    """The phases of a plan: `weeks_between` as two numbers in a row."""

    def prepare_value(self, value: Any) -> Any:
        return [
            {**phase, "low": phase["weeks_between"][0], "high": phase["weeks_between"][1]}
            if "weeks_between" in phase
            else phase
            for phase in value or []
        ]

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [
            {
                "section": row["section"],
                "label": row["label"],
                "weeks_between": [row["low"], row["high"]],
            }
            for row in super().clean(value)
        ]


def details_fields(page: Page) -> dict[str, forms.Field]:
    """The fields for this page's layout, by form field name; none are required in a draft."""
    return {PREFIX + key: make(page) for key, make in _makers(page).items()}


def details_initial(page: Page, details: Mapping[str, Any]) -> dict[str, Any]:
    """The details as the initial values of those fields."""
    return {PREFIX + key: details[key] for key in _makers(page) if key in details}


def details_from(
    page: Page, cleaned: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The details that the form says; empty ones are left out, unless they stood there empty."""
    known = _makers(page)
    said = {key: cleaned.get(PREFIX + key) for key in known}
    kept = {key: value for key, value in before.items() if key not in known}
    return kept | {
        key: value
        for key, value in said.items()
        if value not in (None, "", []) or (key in before and value == before[key])
    }


def _makers(page: Page) -> "Mapping[str, Maker]":
    return {**FIELDS.get(page.layout, {}), **FOR_REVIEWERS}


def _field(kind: Callable[..., forms.Field], label: str, **options: Any) -> "Maker":
    """The maker of a field that is the same on each page of the layout."""
    return lambda page: kind(label=label, required=False, **options)


def _topic(page: Page) -> forms.Field:
    index = Revision.objects.live().filter(page__path=page.parent_path).first()
    topics = index.details.get("topics", []) if index else []
    choices = [("", "Other questions"), *((one["slug"], one["title"]) for one in topics)]
    return forms.ChoiceField(label="Topic", required=False, choices=choices)


Maker = Callable[[Page], forms.Field]
OTHER_NAMES = _field(
    LinesField,
    "Other names",
    longest=4_000,
    help_text="What people may call it, one name a line. Search finds them too.",
)
FIELDS: dict[str, dict[str, Maker]] = {
    "home": {
        "headline": _field(
            TypedLine, "Headline", longest=200, help_text="The large words on the home page."
        ),
        "facts": _field(RowsField, "Facts at a glance", columns=FACTS),
    },
    "phases": {
        "phases": _field(
            PhasesField,
            "Phases",
            columns=PHASES,
            help_text="Drawn as the time line. The anchor is the section's heading in small letters"
            " with hyphens: initial-phase. Half a week means twice a week.",
        )
    },
    "condition": {
        "areas": _field(
            forms.MultipleChoiceField,
            "Where it hurts",
            choices=list(BODY_AREAS.items()),
            widget=forms.CheckboxSelectMultiple,
            help_text="The condition is listed under each area that is ticked.",
        ),
        "other_names": OTHER_NAMES,
        "medical_names": _field(
            LinesField,
            "Medical names",
            longest=8_000,
            help_text="As a doctor writes them, one a line. Search engines and the page's head show them.",
        ),
        "misspellings": _field(
            LinesField,
            "How people misspell it",
            longest=8_000,
            help_text="One a line. Only our own search reads them.",
        ),
        "anatomy": _field(
            LinesField,
            "Parts of the body",
            longest=8_000,
            help_text="Muscles, joints and nerves, one a line. For search engines.",
        ),
        "index_line": _field(
            TypedLine,
            "Line on the list of conditions",
            longest=100,
            help_text="What it is, in one plain line. Empty: the summary stands there.",
        ),
        "search_title": _field(
            TypedLine,
            "Title in search results",
            longest=70,
            help_text="Names the complaint, the care and the place: Tennis elbow: dry needling (IMS), Vancouver.",
        ),
    },
    "faq": {
        "topics": _field(
            RowsField,
            "Topics",
            columns=TOPICS,
            help_text="The headings that questions are grouped under, in this order.",
        )
    },
    "question": {"topic": _topic},
    "term": {"other_names": OTHER_NAMES},
    "welcome": {
        LANGUAGE: _field(
            TypedLine,
            "Language",
            longest=12,
            help_text="Its short tag: fr, pa, zh-Hans, zh-Hant, tl, fa, ko, vi."
            " The menu title is the language's own name.",
        ),
        "other_names": OTHER_NAMES,
    },
    "enquiry": {
        "consent_version": _field(
            TypedLine,
            "Version of the consent",
            longest=40,
            help_text="Change it whenever the wording changes: it is kept with each enquiry.",
        ),
        "consent": _field(
            TypedText, "Consent", longest=2_000, widget=forms.Textarea(attrs={"rows": 4})
        ),
    },
}
FOR_REVIEWERS: dict[str, Maker] = {
    PLEASE_CONFIRM: _field(
        LinesField,
        "Please confirm",
        longest=8_000,
        help_text="What nobody has read in full, or is not sure of, one a line. Only staff see it: whoever"
        " signs ticks or strikes each. A new line ends the sign-off.",
    )
}
