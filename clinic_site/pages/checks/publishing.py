"""What keeps words from going live: claims, which an owner may let pass with a reason,
broken links, and a text whose shape no file may have or its layout cannot show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from clinic_site.clinic.file_mapping import current_details
from clinic_site.clinic.models import Practitioner
from clinic_site.markup import missing_card, parse
from clinic_site.pages.checks.claims import Claim, claims_in, shortened
from clinic_site.pages.checks.links import AnchorBook, Live, broken_links
from clinic_site.pages.diff.field_diff import label_of
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import ClaimOverride, Page, Revision
from clinic_site.pages.rendering.draft_preview import unsaved
from clinic_site.pages.rendering.text_images import pictures_in
from clinic_site.pages.warning_cards import all_cards
from clinic_site.published.words import REMARK

CLAIM, LINK, SHAPE = "claim", "link", "shape"
OF_PEOPLE = {"body": "about", "details.name": "name"}


@dataclass(frozen=True)
class Fault:
    """One thing that blocks: what kind, which field and line (1-based), and what to write.

    `whole` is the message with its sentence in full, which is kept where an owner lets it pass.
    """

    kind: str
    field: str
    line: int
    message: str
    whole: str = ""
    sentence: str = ""
    instead: str = ""

    @property
    def label(self) -> str:
        """The field's name as staff read it."""
        return label_of(self.field)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: what a table keeps, and what the editor shows."""
        told = asdict(self) | {"label": self.label}
        del told["whole"]
        return told


class NotFit(Exception):
    """Words that may not go live as they are; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("These words may not go live as they are.")
        self.faults = faults

    @property
    def may_be_overridden(self) -> bool:
        """Whether an owner's reason would do: the rest is broken, and stays so."""
        return all(fault.kind == CLAIM for fault in self.faults)


def may_override(user: User) -> bool:
    """Whether this person may let a claim pass."""
    return user.has_perm("pages.add_claimoverride")


def publishing_faults(
    page: Page, words: Mapping[str, Any], live: Live | None = None
) -> list[Fault]:
    """Everything that would keep these words from going live as this page.

    A sentence that an owner let pass on this page is none of it. `live`: see broken_links.
    """
    links = (
        Fault(LINK, "body", line, message)
        for line, message in broken_links(unsaved(page, dict(words)), live)
    )
    passed = _let_pass_before(revision__page=page)
    body = str(words.get("body") or "")
    shape = (  # as of a file: what is published can be exported and taken in again
        Fault(SHAPE, "body", problem.line, problem.message)
        for problem in (*parse(body).problems, *LAYOUTS[page.layout].body_problems(body))
    )
    found = (
        *map(_fault, claims_in(words)),
        *links,
        *_card_faults(page, body),
        *_picture_faults(body),
        *shape,
    )
    return [one for one in found if not _was_let_pass(one, passed)]


def faults_of_person(person: Practitioner) -> list[Fault]:
    """The same for what stands on the page about people, as it is now told of somebody, saved or not."""
    details = {"name": person.name, "training": person.training}
    words = {"title": person.title, "body": person.about, "details": details}
    passed = _let_pass_before(practitioner=person.pk) if person.pk else ""
    found = (
        *map(_fault, claims_in(words)),
        *_broken_in(person.about),
        *_picture_faults(person.about),
    )
    return [
        replace(one, field=OF_PEOPLE.get(one.field, one.field))
        for one in found
        if not _was_let_pass(one, passed)
    ]


def faults_of_the_clinic() -> list[Fault]:
    """The same for what the clinic's own tables say: names, notes, closures, prices, but no people."""
    details = {key: value for key, value in current_details().items() if key != "practitioners"}
    remarks = LogEntry.objects.filter(content_type__app_label="clinic").values_list(
        "change_message", flat=True
    )
    passed = "\n".join(remarks.filter(change_message__startswith=REMARK))
    found = map(_fault, claims_in({"details": details}))
    return [one for one in found if f" in “{shortened(one.sentence)}” " not in passed]


def faults_of_notice(words: str) -> list[str]:
    """What keeps these words off every page: the claims in them, as sentences."""
    return [fault.message for fault in map(_fault, claims_in({"title": words}))]


def let_pass(*, faults: Sequence[Fault], by: User, reason: str) -> Sequence[Fault]:
    """The same faults, where all are claims that `by` lets pass for this reason. NotFit otherwise."""
    refusal = NotFit(faults)
    if faults and not (reason.strip() and refusal.may_be_overridden and may_override(by)):
        raise refusal
    return faults


def require_fit(
    *, page: Page, words: Mapping[str, Any], by: User, reason: str = ""
) -> Sequence[Fault]:
    """What `by` lets pass for this reason where these words go live as this page; NotFit otherwise."""
    return let_pass(faults=publishing_faults(page, words), by=by, reason=reason)


def keep_override(
    *,
    revision: Revision | None = None,
    practitioner: Practitioner | None = None,
    faults: Sequence[Fault],
    by: User,
    reason: str,
) -> None:
    """Keep why an owner let claims stand there, in the caller's transaction; nothing where there are none."""
    if faults:
        ClaimOverride.objects.create(
            revision=revision,
            practitioner=practitioner,
            practitioner_name=practitioner.name if practitioner else "",
            reason=reason.strip(),
            claims=[fault.whole for fault in faults],
            made_by=by,
        )


def _card_faults(page: Page, text: str) -> Iterator[Fault]:
    """The warning cards that a text names and that are not there; a card names no other."""
    named = parse(text).cards
    known = all_cards() if named else {}
    for card in named:
        if LAYOUTS[page.layout].is_part:
            message = "A warning card shows no other card: write its words here, or name both cards on the page"
            yield Fault(LINK, "body", card.line, message)
        elif card.name not in known:
            yield Fault(LINK, "body", card.line, missing_card(card.name, known))


def _picture_faults(text: str) -> Iterator[Fault]:
    """The pictures that a text names and that the library does not have (any more)."""
    found = pictures_in(text)
    for image in parse(text).images:
        if image.src.startswith("image:") and image.src not in found:
            message = f"The library has no picture for “{image.src}”: choose another one, or take the line out"
            yield Fault(LINK, "body", image.line, message)


def _broken_in(text: str) -> Iterator[Fault]:
    """The links that lead nowhere in a text that stands on a page, but is not a page's own."""
    document = parse(text)
    book = AnchorBook(here="", anchors={"": document.anchors})
    for line, message in book.faults_of(document.links):
        yield Fault(LINK, "body", line, message)


def _let_pass_before(**where: Any) -> str:
    """All that was let pass there, one claim a line."""
    kept = ClaimOverride.objects.filter(**where).values_list("claims", flat=True)
    return "\n".join(chain.from_iterable(kept))


def _was_let_pass(fault: Fault, passed: str) -> bool:
    """Whether its very sentence was let pass, whatever the rules said of it on that day."""
    return bool(fault.sentence) and f" in “{fault.sentence}” " in passed


def _fault(claim: Claim) -> Fault:
    message, whole = claim.message(shortened(claim.sentence)), claim.message(claim.sentence)
    return Fault(CLAIM, claim.field, claim.line, message, whole, claim.sentence, claim.instead)
