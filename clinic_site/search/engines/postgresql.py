"""PostgreSQL's own search over the generated column `vector` (see the first migration)."""

from collections.abc import Sequence

from django.db import connection

from clinic_site.search.parse_query import END, MANY, START, Hit, Parts, Wanted, parts

COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM search_passage"
    " WHERE vector @@ to_tsquery('english', %s) LIMIT {many}) found"
)
# The weights: text, names of the page around it, other names, title. 1: a long passage counts for a little less.
RANKED = "ORDER BY ts_rank('{0.1, 0.15, 0.6, 1}', p.vector, q, 1) DESC, p.id"
SHOWN = """
    SELECT path, parent_path, revision_id, anchor, names, place, title, search_folded(title), text, search_folded(text),
        ts_headline('english', search_folded(title), q, %s), ts_headline('english', search_folded(text), q, %s)
    FROM (
        SELECT p.*, q, row_number() OVER ({order}) AS place_in_line FROM search_passage p, to_tsquery('english', %s) q
        WHERE p.vector @@ to_tsquery('english', %s) ORDER BY place_in_line LIMIT %s
    ) found JOIN pages_page page ON page.id = found.page_id ORDER BY place_in_line"""
MARKS = f"StartSel={START}, StopSel={END}"
WHOLE, CUT = f"{MARKS}, HighlightAll=true", f"{MARKS}, MaxWords=32, MinWords=20, ShortWord=0"
NAMES = "AB"
TURN = 7_370_001  # a number of ours: who holds it writes to the index
KNOWN = "SELECT %s WHERE EXISTS (SELECT 1 FROM search_passage WHERE vector @@ to_tsquery('english', %s))"


def hits(wanted: Wanted, most: int) -> list[Hit]:
    """The best passages first; two queries, or three where too many have the words."""
    expression = written(wanted)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.replace("{many}", str(MANY + 1)), [expression])
        if cursor.fetchone()[0] <= MANY:
            return _shown(expression, expression, RANKED, most)
    named = _shown(expression, written(wanted, NAMES), "", most)
    return named + (_shown(expression, expression, "", most) if len(named) < most else [])


def known(words: Sequence[str]) -> set[str]:
    """Those of the words that some passage has, in whatever form; one query."""
    asked = [value for word in words for value in (word, written(Wanted(((word,),))))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([KNOWN] * len(words)), asked)
        return {row[0] for row in cursor.fetchall()}


def take_turns() -> None:
    """Until the end of the transaction, nobody else writes to the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def written(wanted: Wanted, weights: str = "") -> str:
    """In the index's own language. Each word stands in quotes, so that none is a command; all have letters only."""
    label = f":{weights}" if weights else ""
    phrases = [" <-> ".join(f"'{word}'{label}" for word in phrase) for phrase in wanted.phrases]
    if wanted.is_open:
        phrases[-1] = f"{phrases[-1].removesuffix(label)}:*{weights}"
    return (" & " if wanted.is_every else " | ").join(f"({phrase})" for phrase in phrases)


def _shown(expression: str, condition: str, order: str, most: int) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(SHOWN.replace("{order}", order), [WHOLE, CUT, expression, condition, most])
        return [
            Hit(
                path=path,
                folder=folder,
                revision=revision,
                anchor=anchor,
                names=names,
                place=place,
                words=texts[2],
                title=unfolded(marked_title, *title),
                text=unfolded(marked_text, *text),
            )
            for path, folder, revision, anchor, names, place, *texts, marked_title, marked_text in cursor
            for title, text in [(texts[:2], texts[2:])]
        ]


def unfolded(marked: str, text: str, folded: str) -> Parts:
    """A marked piece of the folded text in the letters of the text, which stand at the same places."""
    pieces = parts(marked)
    plain = "".join(piece for piece, _ in pieces)
    at = folded.find(plain)
    if at < 0 or len(text) != len(folded):
        return pieces
    restored = [("…", False)] if at else []
    for piece, is_found in pieces:
        restored.append((text[at : at + len(piece)], is_found))
        at += len(piece)
    return restored + ([("…", False)] if at < len(text) else [])
