"""PostgreSQL's own search over the generated column `vector` of stems (see the third migration)."""

from collections.abc import Sequence

from django.db import connection

from clinic_site.search.engine_types import MOST_OF_A_FIELD, Concept, Phrase, Place, lookups
from clinic_site.search.normalizing import stem

WEIGHTS = "ABCD"  # of title, names, place and text
PART = (
    "(SELECT id, {concept}, {field}, {typed} FROM search_passage"
    " WHERE vector @@ to_tsquery('simple', %s) ORDER BY id LIMIT {most})"
)
TURN = 7_370_001  # a number of ours: who holds it writes to the index
KNOWN = (
    "SELECT %s WHERE EXISTS (SELECT 1 FROM search_passage WHERE vector @@ to_tsquery('simple', %s))"
)


def places(concepts: Sequence[Concept]) -> list[Place]:
    """Every place of each concept; one query."""
    parts, asked = [], []
    for one in lookups(concepts):
        parts.append(
            PART.format(
                concept=one.concept, field=one.field, typed=int(one.is_typed), most=MOST_OF_A_FIELD
            )
        )
        asked.append(written(one.phrases, WEIGHTS[one.field], is_open=one.is_open))
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
    """Until the end of the transaction, nobody else writes to the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def written(phrases: Sequence[Phrase], weight: str = "", *, is_open: bool = False) -> str:
    """Any of the phrases, in the index's own language; in quotes, so that no word is a command."""
    label = f":{weight}" if weight else ""
    said = [" <-> ".join(f"'{stem(word)}'{label}" for word in phrase) for phrase in phrases]
    if is_open:
        *before, last = phrases[-1]
        said.append(
            " <-> ".join([*(f"'{stem(word)}'{label}" for word in before), f"'{last}':*{weight}"])
        )
    return " | ".join(f"({phrase})" for phrase in said)
