"""All live pages looked over: by the worker when something changed, and by `manage.py check_content`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from clinic_site.pagecache import stamp
from clinic_site.pages.checks.publishing import Fault, publishing_faults
from clinic_site.pages.checks.style import Advice, advice_for, glossary_terms
from clinic_site.pages.models import ClaimOverride, PageCheck, Revision

SEEN = "pages.checks.seen"


@dataclass(frozen=True)
class Looked:
    """A live page with what was found on it. Claims that an owner let pass are not among the faults."""

    revision: Revision
    faults: Sequence[Fault]
    advice: Sequence[Advice]


def look_over() -> Iterator[Looked]:
    """Every live page, in the order of its address."""
    terms = glossary_terms()
    passed = dict(ClaimOverride.objects.values_list("revision_id", "claims"))
    for revision in Revision.objects.live().order_by("page__path"):
        let_pass = passed.get(revision.pk, ())
        words = revision.words()
        faults = publishing_faults(revision.page, words)
        yield Looked(
            revision,
            [fault for fault in faults if fault.message not in let_pass],
            advice_for(words, terms),
        )


def keep_checks() -> int:
    """Write down what is found on each live page; how many have faults. Nothing changed: nothing done."""
    now = stamp.read()
    if PageCheck.objects.exists() and cache.get(SEEN) == now:
        return 0
    found = list(look_over())
    at = timezone.now()
    rows = [
        PageCheck(
            page=looked.revision.page,
            faults=[fault.as_dict() for fault in looked.faults],
            advice_count=len(looked.advice),
            checked_at=at,
        )
        for looked in found
    ]
    with transaction.atomic():
        PageCheck.objects.all().delete()
        PageCheck.objects.bulk_create(rows, batch_size=200)
    cache.set(SEEN, now, None)
    return sum(bool(looked.faults) for looked in found)
