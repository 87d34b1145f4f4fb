"""Looks over the tokens before they are rendered: gives out anchors, takes the notes aside."""

from markdown_it.token import Token

from clinic_site.markup.anchors import FIXED_ANCHOR, Anchors
from clinic_site.markup.document import Problem
from clinic_site.markup.notes import Note, Notes
from clinic_site.markup.parsing import plain_text


def name_places(tokens: list[Token], anchors: Anchors, first_line: int) -> list[Problem]:
    """Put an anchor into the meta of each heading and each label of a definition list.

    Headings that fix their own come first, then the other headings, then labels: so a new label
    never moves the address of a heading.
    """
    problems = []
    headings = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    waiting = []
    for index in headings:
        wish = tokens[index].meta.get("anchor")
        if wish is None:
            waiting.append(index)
            continue
        line = _line(tokens[index], first_line)
        if not FIXED_ANCHOR.fullmatch(wish):
            problems.append(
                Problem(
                    line,
                    f"{{#{wish}}} is no address: write a letter, then small letters, digits and"
                    " single hyphens, such as {#after-care}",
                )
            )
        elif not anchors.is_free(wish):
            problems.append(
                Problem(line, f"{{#{wish}}} is used twice on this page: write another address")
            )
        tokens[index].meta = {"id": anchors.claim(wish)}
    for index in waiting:
        tokens[index].meta = {"id": anchors.claim(plain_text(tokens[index + 1]))}
    for index, token in enumerate(tokens):
        if token.type == "dt_open":
            token.meta = {"id": anchors.claim(plain_text(tokens[index + 1]))}
    return problems


def take_notes(
    tokens: list[Token], notes: Notes, first_line: int
) -> tuple[list[Token], list[Problem]]:
    """The tokens without the definitions of notes, which go into notes, and what is wrong."""
    problems: list[Problem] = []
    kept: list[Token] = []
    open_notes: list[Note] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            note = Note(token.meta["label"], _line(token, first_line), [])
            open_notes.append(note)
            if note.label in notes.by_label:
                problems.append(
                    Problem(note.line, f"The source [^{note.label}] is written twice: keep one")
                )
                notes.repeated.append(note)
            else:
                notes.by_label[note.label] = note
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        else:
            (open_notes[-1].tokens if open_notes else kept).append(token)
    return kept, problems


def check_headings(tokens: list[Token], first_line: int) -> list[Problem]:
    """What is wrong with the order of the headings; the title of the page is the one above all."""
    problems = []
    above = 1
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        line, level = _line(token, first_line), int(token.tag[1])
        title = plain_text(tokens[index + 1])
        if not title:
            problems.append(Problem(line, "This heading has no words: write some, or remove it"))
        if level == 1:
            problems.append(
                Problem(
                    line, f"'# {title}' would be a second title of the page: write '## {title}'"
                )
            )
            level = 2
        elif level > above + 1:
            problems.append(
                Problem(
                    line,
                    f"'{'#' * level} {title}' skips a level of heading: write"
                    f" '{'#' * (above + 1)} {title}'",
                )
            )
        above = level
    return problems


def _line(token: Token, first_line: int) -> int:
    return (token.map[0] if token.map else 0) + first_line
