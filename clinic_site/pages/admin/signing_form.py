"""The declaration of a reviewer: their name, what they confirm or strike, and that they have read the words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.pages.actions.reviewer_names import name_fault, own_names
from clinic_site.pages.actions.sign_off import (
    REVIEW_EVERY,
    Answer,
    Item,
    answered,
    items_of,
    with_answers,
)
from clinic_site.pages.models import ItemAnswer, Revision, SignOff
from clinic_site.typed_fields import TypedLine

LONGEST = timedelta(days=2 * 366)
OPEN = "Tick this, or strike it and say why."
BOTH = "Tick it or strike it, not both: take the tick or the reason away."


@dataclass(frozen=True)
class ItemFields:
    """One item with its two ways to be answered, and what was said of it the last time."""

    item: Item
    confirms: forms.BoundField
    strikes: forms.BoundField
    before: ItemAnswer | None


class SigningForm(forms.Form):
    """What a reviewer declares. `words_hash` guards against words that changed while they read.

    Each item has fields of its own, named for its words: one that came while they read is open.
    """

    reviewer_name = TypedLine(
        max_length=120,
        label="Your name, as patients read it",
        help_text="Your own, such as “A. Sample, PT”. Written as under Practitioners, it leads to"
        " your place on the page about them.",
    )
    registration = TypedLine(
        max_length=40,
        required=False,
        label="Registration number (optional)",
        help_text="Patients see it, if you give it.",
    )
    review_due_on = forms.DateField(
        label="Next review due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="12 months from now unless you choose another day.",
    )
    has_read = forms.BooleanField(
        label="I have read these words and stand for them",
        error_messages={"required": "Tick this to sign."},
    )
    words_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[Item],
        by: User,
        before: SignOff | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.by, self.items = by, items
        self._said = answered(before) if before else {}
        for item in items:
            was = self._said.get(item.key)
            self.fields[_name(item)] = forms.BooleanField(
                required=False,
                label=item.text,
                initial=was is not None and was.outcome == ItemAnswer.CONFIRMED,
            )
            self.fields[_name(item) + "-struck"] = TypedLine(
                required=False,
                max_length=1_000,
                label="Why is it struck?",
                initial=was.reason if was else "",
            )

    @property
    def to_confirm(self) -> list[ItemFields]:
        """The items with their bound fields, in their order."""
        return [
            ItemFields(
                item, self[_name(item)], self[_name(item) + "-struck"], self._said.get(item.key)
            )
            for item in self.items
        ]

    @property
    def answers(self) -> list[Answer]:
        """What a valid form says of each item."""
        return [Answer(item, self.cleaned_data[_name(item) + "-struck"]) for item in self.items]

    def clean_reviewer_name(self) -> str:
        name: str = self.cleaned_data["reviewer_name"]
        if fault := name_fault(name, self.by):
            raise forms.ValidationError(fault)
        return name

    def clean_review_due_on(self) -> date:
        day: date = self.cleaned_data["review_due_on"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST:
            raise forms.ValidationError("Choose a day after today, within two years.")
        return day

    def clean(self) -> None:
        for item in self.items:
            name = _name(item)
            is_confirmed, reason = (
                self.cleaned_data.get(name),
                self.cleaned_data.get(f"{name}-struck"),
            )
            if bool(is_confirmed) == bool(reason) and f"{name}-struck" not in self.errors:
                self.add_error(name, BOTH if reason else OPEN)


def signing_form(revisions: Sequence[Revision], *, by: User, words_hash: str) -> SigningForm:
    """The form as it opens: with the name that this reviewer used last, and the answers of the last sign-off."""
    last = SignOff.objects.filter(reviewer=by).first()
    names = own_names(by)
    name = names[0] if names else ""
    if last and not name_fault(last.reviewer_name, by):
        name = last.reviewer_name
    items = items_of(revisions)
    before = with_answers(SignOff.objects.filter(page=revisions[0].page)).first() if items else None
    initial = {
        "reviewer_name": name,
        "registration": last.registration if last else "",
        "review_due_on": timezone.localdate() + REVIEW_EVERY,
        "words_hash": words_hash,
    }
    return SigningForm(items=items, by=by, before=before, initial=initial)


def _name(item: Item) -> str:
    page, text = item.key
    return f"item-{hashlib.sha256(f'{page} {text}'.encode()).hexdigest()[:12]}"
