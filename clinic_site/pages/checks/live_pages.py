"""All live pages looked over: by the worker when something changed, and by `manage.py check_content`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from clinic_site.clinic.models import Practitioner
from clinic_site.pagecache import stamp
from clinic_site.pages.checks.links import Live
from clinic_site.pages.checks.publishing import (
    Fault,
    faults_of_person,
    faults_of_the_clinic,
    publishing_faults,
)
from clinic_site.pages.checks.style import Advice, advice_for, glossary_terms
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.models import PageCheck, Revision
from clinic_site.progress.pace import paced

SEEN = "pages.checks.seen"


@dataclass(frozen=True)
class Looked:
    """A live page with what was found on it. Claims that an owner let pass are not among the faults."""

    revision: Revision
    faults: Sequence[Fault]
    advice: Sequence[Advice]


def look_over() -> Iterator[Looked]:
    """Every live page, in the order of its address."""
    terms, live = glossary_terms(), Live()
    for revision in paced(Revision.objects.live().order_by("page__path")):
        words = revision.words()
        faults = publishing_faults(revision.page, words, live)
        if revision.page.layout in ABOUT_PEOPLE:
            faults += _faults_about_people()
        if revision.page.layout == "clinic":
            faults += faults_of_the_clinic()
        yield Looked(revision, faults, advice_for(words, terms))


def _faults_about_people() -> Iterator[Fault]:
    for person in Practitioner.objects.all():
        for fault in faults_of_person(person):
            yield replace(fault, message=f"{person}: {fault.message}")


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
