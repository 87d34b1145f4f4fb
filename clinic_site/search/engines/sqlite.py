"""FTS5: bm25 with titles and names weighing more (the weights are in the migration), porter stems, marks."""

from collections.abc import Sequence

from django.db import connection

from clinic_site.search.parse_query import END, MANY, START, Hit, Wanted, parts

COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH %s LIMIT {many})"
SHOWN = """
    SELECT page.path, page.parent_path, p.revision_id, p.anchor, p.names, p.place, p.text,
        highlight(search_index, 0, %s, %s), snippet(search_index, 3, %s, %s, '…', 30)
    FROM search_index JOIN search_passage p ON p.id = search_index.rowid
        JOIN pages_page page ON page.id = p.page_id
    WHERE search_index MATCH %s {order} LIMIT %s"""
IN_NAMES = "{title names} : "
KNOWN = "SELECT %s WHERE EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH %s)"


def hits(wanted: Wanted, most: int) -> list[Hit]:
    """The best passages first; two queries, or three where too many have the words."""
    expression = written(wanted)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(many=MANY + 1), [expression])
        if cursor.fetchone()[0] <= MANY:
            return _shown(expression, "ORDER BY rank", most)
    # To weigh all of them would take too long, and the words say little: first those that are called so.
    named = _shown(IN_NAMES + f"({expression})", "", most)
    return named + (_shown(expression, "", most) if len(named) < most else [])


def known(words: Sequence[str]) -> set[str]:
    """Those of the words that some passage has, in whatever form; one query."""
    asked = [value for word in words for value in (word, written(Wanted(((word,),))))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([KNOWN] * len(words)), asked)
        return {row[0] for row in cursor.fetchall()}


def take_turns() -> None:
    """Transactions come one after the other here as it is."""


def written(wanted: Wanted) -> str:
    """In the index's own language. Each phrase stands in quotes, so that none of its words is a command."""
    phrases = ['"' + " ".join(phrase) + '"' for phrase in wanted.phrases]
    expression = (" AND " if wanted.is_every else " OR ").join(phrases)
    return f"{expression} *" if wanted.is_open else expression


def _shown(expression: str, order: str, most: int) -> list[Hit]:
    marks = [START, END, START, END]
    with connection.cursor() as cursor:
        cursor.execute(SHOWN.replace("{order}", order), [*marks, expression, most])
        return [
            Hit(path, folder, revision, anchor, names, place, words, parts(title), parts(text))
            for path, folder, revision, anchor, names, place, words, title, text in cursor
        ]
