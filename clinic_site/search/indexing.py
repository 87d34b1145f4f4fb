"""The index kept in step with what is live: page by page, in small transactions, by the worker and at a start.

What is found is looked at once more when it is asked for, so that a withdrawn page is never shown;
this here brings new words in.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from clinic_site.pagecache.stamp import Value, read
from clinic_site.pages.layouts import PARTS
from clinic_site.pages.models import Revision
from clinic_site.pages.warning_cards import Cards, all_cards
from clinic_site.search.engines import engine
from clinic_site.search.models import Passage, Piece, Word
from clinic_site.search.passages import cards_changed_at, passages_of
from clinic_site.search.words import pieces_of, words_in

AT_ONCE = 50  # pages in one transaction: enquiries wait for no more than these
WORDS_AT_ONCE = 400
SHORTEST_WORD = 3


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
    """Take in every page whose live revision, layout or address is not the one in the index; how many."""
    cards = all_cards()
    changed = list({*_changed().values_list("pk", "page_id"), *_with_other_cards(cards)})
    gone = list(_gone().values_list("page_id", flat=True).distinct())
    for at in range(0, len(gone), AT_ONCE):
        _replace(gone[at : at + AT_ONCE], ())
    for at in range(0, len(changed), AT_ONCE):
        part = changed[at : at + AT_ONCE]
        revisions = Revision.objects.filter(pk__in=[pk for pk, _ in part]).select_related("page")
        passages = [passage for revision in revisions for passage in passages_of(revision, cards)]
        _replace([page for _, page in part], passages)
    return len(changed) + len(gone)


def _changed() -> QuerySet[Revision]:
    same = Passage.objects.filter(
        page=OuterRef("page"), revision=OuterRef("pk"), page_version=OuterRef("page__version")
    )
    told = Revision.objects.live().exclude(page__layout__in=PARTS)
    return told.filter(~Exists(same)).order_by("page__path")


def _with_other_cards(cards: Cards) -> Iterator[tuple[int, int]]:
    """(revision, page) of what shows a warning card that has changed since, come or gone."""
    indexed = Passage.objects.filter(anchor="").values_list("page", "cards_at")
    told_at = dict(indexed.filter(revision__body__icontains="[!card]"))
    for revision in Revision.objects.live().filter(page__in=list(told_at)):
        if told_at[revision.page_id] != cards_changed_at(revision, cards):
            yield revision.pk, revision.page_id


def _gone() -> QuerySet[Passage]:
    live = Revision.objects.live().filter(page=OuterRef("page"))
    return Passage.objects.filter(~Exists(live))


@transaction.atomic
def _replace(pages: Collection[int], passages: Collection[Passage]) -> None:
    """These passages stand for these pages from now on; the words that nobody writes any more leave."""
    engine().take_turns()
    old = Passage.objects.filter(page__in=pages)
    before = _words(old)
    old.delete()
    Passage.objects.bulk_create(passages)
    now = _words(passages)
    _learn(now - before)
    _forget(sorted(before - now))


def _words(passages: Iterable[Passage]) -> set[str]:
    texts = (f"{one.title} {one.names} {one.text}" for one in passages)
    found = {word for text in texts for word in words_in(text)}
    return {word for word in found if len(word) >= SHORTEST_WORD and word.isalpha()}


def _learn(words: set[str]) -> None:
    have = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    new = Word.objects.bulk_create(Word(word=word) for word in sorted(words - have))
    Piece.objects.bulk_create(
        Piece(word=word, signs=signs) for word in new for signs in pieces_of(word.word)
    )


def _forget(words: list[str]) -> None:
    for at in range(0, len(words), WORDS_AT_ONCE):
        part = words[at : at + WORDS_AT_ONCE]
        Word.objects.filter(word__in=set(part) - engine().known(part)).delete()
