"""Sign-off: a reviewer's name bound to a hash of the words that they read."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from clinic_site.pagecache.stamp import pages_changed
from clinic_site.pages.models import Page, Revision, SignOff

REVIEW_EVERY = timedelta(days=365)


def words_hash(*revisions: Revision) -> str:
    """SHA-256 (64 hex digits) over the words of revisions that are read together as one page."""
    words = [[revision.page.path, revision.page.layout, revision.words()] for revision in revisions]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def sign_off(
    *,
    page: Page,
    revisions: tuple[Revision, ...],
    cards: tuple[Revision, ...] = (),
    by: User,
    reviewer_name: str,
    registration: str = "",
    review_due_on: date | None = None,
) -> SignOff:
    """`by` has read these very words and stands for them until `review_due_on` (12 months).

    The record names the warning cards that were read with them; each is signed for itself.
    """
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
    pages_changed()
    return record


def are_signed(cards: Iterable[Revision]) -> bool:
    """Whether somebody stands for the words of each of these warning cards; one query, none without cards."""
    hashes = {(card.page_id, words_hash(card)) for card in cards}
    if not hashes:
        return True
    signed = SignOff.objects.filter(words_hash__in={words for _, words in hashes})
    return hashes <= set(signed.values_list("page_id", "words_hash"))
