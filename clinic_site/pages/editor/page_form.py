"""The form by which staff write a page: its words, its layout's details, and how to save them.

A draft may be unfinished; what goes live has to say everything that its layout needs.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from clinic_site.markup import parse
from clinic_site.markup.rendering import MAX_CHARACTERS
from clinic_site.pages.editor.layout_fields import (
    PREFIX,
    details_fields,
    details_from,
    details_initial,
)
from clinic_site.pages.editor.widgets import MarkdownWidget
from clinic_site.pages.layouts import FOR_REVIEWERS, LAYOUTS
from clinic_site.pages.models import Page, Revision
from clinic_site.typed_fields import TypedLine, TypedText

DRAFT, PUBLISH, SCHEDULE = "draft", "publish", "schedule"
LAST_YEAR = 2999  # far later is a slip, and clocks of other zones cannot tell the end of 9999
TOO_LONG = (
    "This text has %(length)s characters. A page holds %(longest)s at most: share it out over"
    " several pages."
)
PLAIN = ("title", "menu_title", "summary", "description", "body", "health")


class WordsForm(forms.Form):
    """All that one revision says. `action` tells whether it may be unfinished."""

    title = TypedLine(max_length=200, help_text="The large heading. Up to 200 characters.")
    menu_title = TypedLine(
        max_length=60,
        required=False,
        label="Title in menus",
        help_text="Only if the title is too long for a menu. Up to 60 characters.",
    )
    summary = TypedText(
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In plain words, under the title. One to three short sentences.",
    )
    description = TypedText(
        required=False,
        max_length=320,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What search engines show. 50 to 160 characters work best.",
    )
    body = TypedText(
        longest=MAX_CHARACTERS,
        error_messages={"too_long": TOO_LONG},
        required=False,
        strip=False,
        widget=MarkdownWidget,
        label="Text",
    )
    health = forms.BooleanField(
        required=False,
        label="This page gives health information",
        help_text="It then shows who signed it off, and when.",
    )
    note = TypedLine(
        required=False,
        max_length=300,
        label="What did you change, and why?",
        help_text="Kept in the history with your name. Patients never see it.",
    )
    reason = TypedText(
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Why may these claims go live?",
        help_text="Kept with your name. Publishing again then lets them pass.",
    )
    publish_at = forms.DateTimeField(
        required=False,
        label="Go live on",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Vancouver time.",
    )
    cancel_scheduled = forms.BooleanField(
        required=False, initial=True, label="Cancel what is scheduled"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    started_from = forms.IntegerField(required=False, widget=forms.HiddenInput)
    in_force = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        page: Page,
        words: Mapping[str, Any] | None = None,
        action: str = DRAFT,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.page, self.action, self.words_before = page, action, words or {}
        values = {name: self.words_before.get(name) for name in PLAIN}
        values |= details_initial(page, self.words_before.get("details") or {})
        super().__init__(data, initial=values | dict(initial or {}), use_required_attribute=False)
        self.fields.update(details_fields(page))

    @property
    def details(self) -> list[forms.BoundField]:
        """The bound fields that only this layout has."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def clean_description(self) -> str:
        return " ".join(self.cleaned_data["description"].split())

    def clean(self) -> dict[str, Any]:
        self._check_moment()
        said = self.words()["details"]
        layout = LAYOUTS[self.page.layout]
        for key, check in {**layout.details, **FOR_REVIEWERS}.items():
            name = PREFIX + key
            if name not in self.fields or name in self.errors:
                continue
            if key in said:
                for sentence in check(said[key]):
                    self.add_error(name, sentence[:1].upper() + sentence[1:] + ".")
            elif key in layout.required and self.action != DRAFT:
                self.add_error(name, "Fill this in before the page goes live.")
        self._check_anchors(said)
        return self.cleaned_data

    def words(self) -> dict[str, Any]:
        """What the form says as the words of a revision; a field with a fault says nothing."""
        cleaned = self.cleaned_data
        words: dict[str, Any] = {name: cleaned.get(name, "") for name in PLAIN}
        words["health"] = bool(cleaned.get("health"))
        before = self.words_before.get("details") or {}
        return words | {"details": details_from(self.page, cleaned, before)}

    def _check_moment(self) -> None:
        moment = self.cleaned_data.get("publish_at")
        if self.action != SCHEDULE or "publish_at" in self.errors:
            return
        if moment is None:
            self.add_error("publish_at", "Choose the day and the time at which it goes live.")
        elif moment <= timezone.now():
            self.add_error("publish_at", "This moment has passed; choose a later one.")
        elif moment.year > LAST_YEAR:
            self.add_error("publish_at", "This is too far ahead; check the year.")

    def _check_anchors(self, details: Mapping[str, Any]) -> None:
        """The chart leads to sections: each must be there when it goes live."""
        if self.action == DRAFT or not details.get("phases"):
            return
        anchors = parse(self.cleaned_data.get("body", "")).anchors
        for phase in details["phases"]:
            if phase["section"] not in anchors:
                sentence = f"No section of the text has the anchor “{phase['section']}”."
                self.add_error(PREFIX + "phases", sentence)


def form_for(page: Page, revision: Revision | None, **initial: Any) -> WordsForm:
    """The form as it opens: the words of a revision, and what guards against two editors."""
    in_force = page.revisions.past().first()
    guards = {
        "version": page.version,
        "started_from": revision.pk if revision else None,
        "in_force": in_force.pk if in_force else None,
    }
    words = revision.words() if revision else None
    return WordsForm(page=page, words=words, initial=guards | initial)
