"""FTS5 over the stems of the passages (see the third migration)."""

from collections.abc import Sequence

from django.db import connection

from clinic_site.search.engine_types import FIELDS, MOST_OF_A_FIELD, Concept, Phrase, Place, lookups
from clinic_site.search.normalizing import stem

PART = (
    "SELECT * FROM (SELECT rowid, {concept}, {field}, {typed} FROM search_index"
    " WHERE search_index MATCH %s ORDER BY rowid LIMIT {most})"
)
KNOWN = "SELECT %s WHERE EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH %s)"


def places(concepts: Sequence[Concept]) -> list[Place]:
    """Every place of each concept; one query."""
    parts, asked = [], []
    for one in lookups(concepts):
        parts.append(
            PART.format(
                concept=one.concept, field=one.field, typed=int(one.is_typed), most=MOST_OF_A_FIELD
            )
        )
        asked.append(f"{FIELDS[one.field]}_stems : ({written(one.phrases, is_open=one.is_open)})")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), asked)
        return [Place(*row) for row in cursor.fetchall()]


def known(words: Sequence[str]) -> set[str]:
    """Those of the words that some passage has, in whatever form; one query."""
    asked = [value for word in words for value in (word, written(((word,),)))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([KNOWN] * len(words)), asked)
        return {row[0] for row in cursor.fetchall()}


def take_turns() -> None:
    """Transactions come one after the other here as it is."""


def written(phrases: Sequence[Phrase], *, is_open: bool = False) -> str:
    """Any of the phrases, in the index's own language; in quotes, so that no word is a command."""
    said = ['"' + " ".join(map(stem, phrase)) + '"' for phrase in phrases]
    if is_open:
        said.append('"' + " ".join([*map(stem, phrases[-1][:-1]), phrases[-1][-1]]) + '" *')
    return " OR ".join(said)
