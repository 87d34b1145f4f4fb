"""The index kept in step with what is live: page by page, in small transactions, by the worker and at a start.

What is found is looked at once more when it is asked for, so that a withdrawn page is never shown;
this here brings new words in.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic_site.pagecache.stamp import Value, read
from clinic_site.pages.layouts import ABOUT_PEOPLE, PARTS
from clinic_site.pages.models import Revision
from clinic_site.progress.steps import each
from clinic_site.search.engines import engine
from clinic_site.search.index.page_extras import CLINIC, Surroundings, read_surroundings
from clinic_site.search.index.passages import passages_of
from clinic_site.search.models import Passage, Word
from clinic_site.search.spelling import vocabulary_of

AT_ONCE = 50  # pages in one transaction: enquiries wait for no more than these
WORDS_AT_ONCE = 400


class IndexKeeper:
    """Looks for changed pages when the stamp has moved. One per process; the first run always looks."""

    def __init__(self) -> None:
        self._seen: Value | None = None

    def keep_in_step(self) -> int:
        """Take in what has changed since the last run; how many pages had."""
        stamp = read()
        if stamp == self._seen:
            return 0
        changed = bring_up_to_date()
        self._seen = stamp
        return changed


KEEPER = IndexKeeper()
keep_in_step = KEEPER.keep_in_step


def bring_up_to_date() -> int:
    """Take in every page whose revision, layout, address or surroundings are not those in the index; how many."""
    around = read_surroundings()
    changed = list({*_changed().values_list("pk", "page_id"), *_with_other_surroundings(around)})
    gone = list(_gone().values_list("page_id", flat=True).distinct())
    for at in range(0, len(gone), AT_ONCE):
        _replace(gone[at : at + AT_ONCE], ())
    for at in each(range(0, len(changed), AT_ONCE), "Having pages found"):
        part = changed[at : at + AT_ONCE]
        revisions = Revision.objects.filter(pk__in=[pk for pk, _ in part]).select_related("page")
        passages = [passage for revision in revisions for passage in passages_of(revision, around)]
        _replace([page for _, page in part], passages)
    if changed or gone:
        _keep_vocabulary()
    return len(changed) + len(gone)


def _changed() -> QuerySet[Revision]:
    same = Passage.objects.filter(
        page=OuterRef("page"), revision=OuterRef("pk"), page_version=OuterRef("page__version")
    )
    told = Revision.objects.live().exclude(page__layout__in=PARTS)
    return told.filter(~Exists(same)).order_by("page__path")


def _with_other_surroundings(around: Surroundings) -> Iterator[tuple[int, int]]:
    """(revision, page) of what shows a warning card, a place or a person that has changed since, come or gone."""
    indexed = Passage.objects.filter(anchor="").values_list("page", "surroundings")
    shows = Q(revision__body__icontains="[!card]") | Q(page__layout__in=(CLINIC, *ABOUT_PEOPLE))
    told = dict(indexed.filter(shows))
    for revision in Revision.objects.live().filter(page__in=list(told)):
        if told[revision.page_id] != around.digest(revision):
            yield revision.pk, revision.page_id


def _gone() -> QuerySet[Passage]:
    live = Revision.objects.live().filter(page=OuterRef("page"))
    return Passage.objects.filter(~Exists(live))


@transaction.atomic
def _replace(pages: Collection[int], passages: Collection[Passage]) -> None:
    """These passages stand for these pages from now on."""
    engine().take_turns()
    Passage.objects.filter(page__in=pages).delete()
    Passage.objects.bulk_create(passages)


def _keep_vocabulary() -> None:
    """The words that pages, sections and terms are called by: those that came are added, those that left go."""
    now = vocabulary_of(Passage.objects.values_list("title", "names").order_by("pk").iterator())
    had = dict(Word.objects.values_list("word", "meant"))
    gone = sorted(word for word, meant in had.items() if now.get(word) != meant)
    new = [Word(word=word, meant=meant) for word, meant in now.items() if had.get(word) != meant]
    if gone or new:
        _write_vocabulary(gone, new)


@transaction.atomic
def _write_vocabulary(gone: Sequence[str], new: Sequence[Word]) -> None:
    engine().take_turns()
    for at in range(0, len(gone), WORDS_AT_ONCE):
        Word.objects.filter(word__in=gone[at : at + WORDS_AT_ONCE]).delete()
    Word.objects.bulk_create(new, ignore_conflicts=True)
