"""Sign-off: a reviewer's own name, bound to a hash of the words they read and to what they were asked to confirm."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.actions.reviewer_names import name_fault
from clinic_site.pages.layouts import PLEASE_CONFIRM, has_own_address, without_review_items
from clinic_site.pages.models import ItemAnswer, Page, Revision, SignOff

REVIEW_EVERY = timedelta(days=365)


@dataclass(frozen=True)
class Item:
    """Something that the reviewer of a page is asked to confirm, and whose words it stands with."""

    revision: Revision
    text: str

    @property
    def key(self) -> tuple[int, str]:
        """What stays the same from one revision of the page to the next."""
        return self.revision.page_id, self.text


@dataclass(frozen=True)
class Answer:
    """What the reviewer says of an item: it holds, or it is struck for a reason."""

    item: Item
    struck_because: str = ""


def words_hash(*revisions: Revision) -> str:
    """SHA-256 (64 hex digits) over the words of revisions that are read together as one page.

    What only the reviewer reads is not part of it: an item that is answered may be taken out.
    """
    words = [
        [revision.page.path, revision.page.layout, without_review_items(revision.words())]
        for revision in revisions
    ]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def has_own_page(revision: Revision) -> bool:
    """Whether it is read, and signed, at an address of its own, and not with the index that it stands on."""
    return has_own_address(layout=revision.page.layout, body=revision.body)


def items_of(revisions: Iterable[Revision]) -> list[Item]:
    """All that a reviewer of these words is asked to confirm, each item of a page once."""
    found = (
        Item(revision, str(text))
        for revision in revisions
        for text in revision.details.get(PLEASE_CONFIRM) or ()
    )
    return list({item.key: item for item in found}.values())


def with_answers(records: QuerySet[SignOff]) -> QuerySet[SignOff]:
    """The sign-offs with what `stands_for` asks of them; two more queries."""
    return records.prefetch_related("answers__revision")


def stands_for(
    record: SignOff, revisions: Sequence[Revision], current_hash: str | None = None
) -> bool:
    """Whether a sign-off is of these very words (of this hash), and answers each item that stands with them."""
    if record.words_hash != (current_hash or words_hash(*revisions)):
        return False
    items = items_of(revisions)
    return not items or {item.key for item in items} <= answered(record).keys()


def answered(record: SignOff) -> dict[tuple[int, str], ItemAnswer]:
    """What was said as it was signed, by the key of the item."""
    return {(one.revision.page_id, one.item): one for one in record.answers.all()}


@transaction.atomic
def sign_off(
    *,
    page: Page,
    revisions: tuple[Revision, ...],
    cards: tuple[Revision, ...] = (),
    answers: Sequence[Answer] = (),
    by: User,
    reviewer_name: str,
    registration: str = "",
    review_due_on: date | None = None,
) -> SignOff:
    """`by` has read these very words and stands for them until `review_due_on` (12 months).

    `ValidationError` where an item has no answer, or where the name is not the one of `by`. The
    record names the warning cards that were read with them; each is signed for itself.
    """
    if fault := name_fault(reviewer_name, by):
        raise ValidationError({"reviewer_name": fault})
    now = timezone.now()
    record = SignOff(
        page=page,
        words_hash=words_hash(*revisions),
        reviewer=by,
        reviewer_name=reviewer_name,
        registration=registration,
        signed_at=now,
        review_due_on=review_due_on or timezone.localdate(now) + REVIEW_EVERY,
    )
    record.full_clean()
    record.save()
    record.revisions.set((*revisions, *cards))
    _keep_answers(record, items_of(revisions), answers)
    pages_changed()
    return record


def are_signed(cards: Iterable[Revision]) -> bool:
    """Whether somebody stands for the words of each of these warning cards; one query, none without cards.

    Two more where a card has something to confirm.
    """
    hashes = {card: words_hash(card) for card in cards}
    if not hashes:
        return True
    signed = SignOff.objects.filter(words_hash__in=hashes.values())
    records = list(with_answers(signed) if items_of(hashes) else signed)
    return all(
        any(one.page_id == card.page_id and stands_for(one, (card,), words) for one in records)
        for card, words in hashes.items()
    )


def _keep_answers(record: SignOff, items: Sequence[Item], answers: Sequence[Answer]) -> None:
    """One row for each item. An item that nobody answered is refused, here and by the database."""
    said = {answer.item.key: answer for answer in answers}
    for item in items:
        answer = said.get(item.key)
        reason = answer.struck_because.strip() if answer else ""
        outcome = (ItemAnswer.STRUCK if reason else ItemAnswer.CONFIRMED) if answer else ""
        row = ItemAnswer(
            sign_off=record, revision=item.revision, item=item.text, outcome=outcome, reason=reason
        )
        row.full_clean()
        row.save()
