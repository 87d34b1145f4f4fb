"""What keeps words from going live: claims, which an owner may let pass with a reason, and broken links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from clinic_site.markup import parse
from clinic_site.pages.checks.claims import Claim, claims_in
from clinic_site.pages.checks.links import AnchorBook, broken_links
from clinic_site.pages.comparing import label_of
from clinic_site.pages.models import ClaimOverride, Page, Revision
from clinic_site.pages.previewing import unsaved

CLAIM, LINK = "claim", "link"


@dataclass(frozen=True)
class Fault:
    """One thing that blocks: what kind, which field and line (1-based), and what to write."""

    kind: str
    field: str
    line: int
    message: str

    @property
    def label(self) -> str:
        """The field's name as staff read it."""
        return label_of(self.field)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: what a table keeps, and what the editor shows."""
        return {
            "kind": self.kind,
            "field": self.field,
            "label": self.label,
            "line": self.line,
            "message": self.message,
        }


class NotFit(Exception):
    """Words that may not go live as they are; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("These words may not go live as they are.")
        self.faults = faults

    @property
    def may_be_overridden(self) -> bool:
        """Whether an owner's reason would do: broken links stay broken."""
        return all(fault.kind == CLAIM for fault in self.faults)


def may_override(user: User) -> bool:
    """Whether this person may let a claim pass."""
    return user.has_perm("pages.add_claimoverride")


def publishing_faults(page: Page, words: Mapping[str, Any]) -> list[Fault]:
    """Everything that would keep these words from going live as this page."""
    links = (
        Fault(LINK, "body", line, message)
        for line, message in broken_links(unsaved(page, dict(words)))
    )
    return [*map(_fault, claims_in(words)), *links]


def faults_of_text(text: str) -> list[str]:
    """What would keep a Markdown text that stands on a page, but is not a page's own, from going live."""
    document = parse(text)
    book = AnchorBook(here="", anchors={"": document.anchors})
    claims = [(one.line, one.message) for one in map(_fault, claims_in({"body": text}))]
    broken = [(link.line, book.fault_of(link.href)) for link in document.links]
    return [f"Line {line}: {message}" for line, message in (*claims, *broken) if message]


def require_fit(
    *, page: Page, words: Mapping[str, Any], by: User, reason: str = ""
) -> Sequence[Fault]:
    """The claims that `by` lets pass for this reason; none for words without any. NotFit otherwise."""
    faults = publishing_faults(page, words)
    refusal = NotFit(faults)
    if faults and not (reason.strip() and refusal.may_be_overridden and may_override(by)):
        raise refusal
    return faults


def keep_override(*, revision: Revision, faults: Sequence[Fault], by: User, reason: str) -> None:
    """Keep why an owner let claims go live, in the caller's transaction; nothing where there are none."""
    if faults:
        ClaimOverride.objects.create(
            revision=revision,
            reason=reason.strip(),
            claims=[fault.message for fault in faults],
            made_by=by,
        )


def _fault(claim: Claim) -> Fault:
    message = f"“{claim.words}” in “{_short(claim.sentence)}” {claim.say}"
    return Fault(CLAIM, claim.field, claim.line, message)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 120 else f"{sentence[:119]}…"
