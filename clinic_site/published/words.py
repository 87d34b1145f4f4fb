"""Words that stand on pages but are kept elsewhere: a registry of the check that the pages room makes of its own.

Names, notes and reasons of the clinic and descriptions of pictures are read by patients like any page's words,
and may claim no more. The rooms that keep them stand below the pages, which register the check.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User

from clinic_site.typed_fields import TypedText

REMARK = "Let pass: "  # how the history's entry of a claim that may stand begins
MAY = "As an owner you may let this pass: say why below, then save again."
MAY_NOT = "Only an owner may let a claim pass."


@dataclass(frozen=True)
class WordCheck:
    """claims_in(text) gives what blocks, as sentences; may_let_pass(user) whether a reason of theirs would do."""

    claims_in: Callable[[str], Sequence[str]]
    may_let_pass: Callable[[User], bool]


_REGISTERED: list[WordCheck] = []


def register(check: WordCheck) -> None:
    """This is asked from now on."""
    _REGISTERED[:] = [check]


def claims_in(text: str) -> Sequence[str]:
    """What keeps a text from standing on a page."""
    return _REGISTERED[0].claims_in(text)


class PublishedWords(forms.ModelForm[Any]):
    """A form whose `published` fields patients read. A claim in one that changed is refused.

    An owner (`by`) may let it pass with a reason, which the history of the row keeps: `let_pass`.
    """

    published: Sequence[str] = ()
    by: User
    let_pass: Sequence[str] = ()
    why = TypedText(
        required=False,
        max_length=1_000,
        widget=forms.HiddenInput,
        label="Why may these claims stand?",
        help_text="Kept with your name in the history. Saving again then lets them pass.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        found = {
            name: claims
            for name in self.published
            if name in self.changed_data and (claims := claims_in(str(said.get(name) or "")))
        }
        may = _REGISTERED[0].may_let_pass(self.by)
        if found and may and said.get("why", "").strip():
            self.let_pass = [claim for claims in found.values() for claim in claims]
        elif found:
            for name, claims in found.items():
                self.add_error(name, list(claims))
            self.add_error(None, MAY if may else MAY_NOT)
        if may and (found or said.get("why")):
            self.fields["why"].widget = forms.Textarea(attrs={"rows": 2})
        return said

    def remark(self) -> str:
        """What the history keeps of claims that were let pass; "" where there were none."""
        reason = self.cleaned_data["why"].strip()
        return f"{REMARK}{' '.join(self.let_pass)} Reason: {reason}" if self.let_pass else ""
