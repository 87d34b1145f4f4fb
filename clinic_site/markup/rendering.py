"""The way from a text to a Document: parse, look over, render, sanitise, put together."""

import re
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from clinic_site.markup.anchors import Anchors
from clinic_site.markup.blocks import BlockRenderer
from clinic_site.markup.cards import Spread, put_in_place
from clinic_site.markup.document import Document, Problem
from clinic_site.markup.inline import InlineRenderer
from clinic_site.markup.notes import Note, Notes
from clinic_site.markup.outline import build
from clinic_site.markup.output import Output, Parts, Span
from clinic_site.markup.parsing import MAX_NESTING
from clinic_site.markup.pictures import Picture
from clinic_site.markup.structure import check_headings, name_places, take_notes
from clinic_site.markup.terms import Terms, explain

MAX_CHARACTERS = 60_000
MAX_LINES = 4_000
KEPT = 512  # texts: all of a clinic (250 and some), so that a change renders what has changed alone
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=KEPT)
def parse(
    body: str,
    *,
    prefix: str = "",
    first_line: int = 1,
    pictures: tuple[Picture, ...] | None = None,
    cards: tuple[tuple[str, str], ...] | None = None,
    terms: Terms = (),
) -> Document:
    """The Document of a Markdown text; it never raises, what is wrong is in its problems.

    prefix is put before every anchor, so that several documents can stand on one page;
    first_line is the line of the file that the text begins on; pictures are the renditions of
    the images that the text names, cards the (name, words) of warning cards (None: nobody has
    looked, so that missing ones are no problem). terms are linked where they are first used.
    A text that is too long or nested too deep is given as plain paragraphs: no word of it is lost.
    """
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    body = _UNFIT.sub("\ufffd", body)
    lines = body.count("\n") + 1
    if len(body) > MAX_CHARACTERS or lines > MAX_LINES:
        return _plain_document(
            body,
            Problem(
                first_line,
                f"This text has {len(body):,} characters in {lines:,} lines, the most is"
                f" {MAX_CHARACTERS:,} in {MAX_LINES:,}: share it out over several pages",
            ),
        )
    by_name = None if cards is None else dict(cards)
    tokens, placed = put_in_place(body, by_name, first_line)
    deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
    if deep is not None:
        line = first_line + (deep.map[0] if deep.map else 0)
        return _plain_document(
            body, Problem(line, "Lists and quotes are nested too deep here: take some levels out")
        )
    return _Rendering(tokens, prefix, first_line, pictures, placed, terms).document()


class _Rendering:
    """One text on its way from tokens to a Document."""

    def __init__(
        self,
        tokens: list[Token],
        prefix: str,
        first_line: int,
        pictures: tuple[Picture, ...] | None,
        placed: Spread,
        terms: Terms,
    ) -> None:
        self.out = Output()
        self.out.problems += placed.problems
        self.cards = placed.cards
        self.anchors = Anchors(prefix)
        self.notes = Notes(self.anchors)
        self.out.problems += name_places(tokens, self.anchors, first_line)
        taken, problems = take_notes(tokens, self.notes, first_line)
        self.tokens = explain(taken, terms)
        self.out.problems += problems + check_headings(self.tokens, first_line)
        known = None if pictures is None else {picture.src: picture for picture in pictures}
        inline = InlineRenderer(self.out, self.notes, self.anchors, known)
        self.blocks = BlockRenderer(self.out, inline, first_line)

    def document(self) -> Document:
        """Render the text, then its sources, and cut the finished HTML into the parts."""
        body = self._body()
        met = list(self.blocks.met)
        sources = self._sources()
        parts = Parts(self.out)
        outline = build(met, *body, parts)
        text = parts.text(body)
        return Document(
            summary=outline.summary,
            lead=outline.lead,
            sections=outline.sections,
            points=outline.points,
            footnotes=parts.html(sources),
            html=parts.html((body[0], sources[1])),
            text=text,
            lead_text=outline.text,
            words=text.count(" ") + bool(text),
            links=tuple(self.out.links),
            images=tuple(self.out.images),
            anchors=frozenset(self.anchors.given),
            cards=self.cards,
            problems=tuple(sorted(self.out.problems, key=lambda problem: problem.line)),
        )

    def _body(self) -> Span:
        start = self.out.mark()
        self.blocks.render(self.tokens)
        return start, self.out.mark()

    def _sources(self) -> Span:
        """The list of sources; those that nothing refers to stand at its end."""
        start, out = self.out.mark(), self.out
        rendered: list[tuple[Note, int]] = []
        if self.notes.by_label:
            out.html.append('<section class="sources">\n<p class="sources-title">Sources</p>\n')
            out.html.append('<ol class="list">\n')
            self._cited(rendered)
            for note in [*self.notes.by_label.values(), *self.notes.repeated]:
                if not note.number:
                    if self.notes.by_label[note.label] is note:
                        out.problem(
                            note.line,
                            f"Nothing refers to the source [^{note.label}]: write [^{note.label}]"
                            " after the words it stands for",
                        )
                    self.notes.cite(note)
            self._cited(rendered)
            out.html.append("</ol>\n</section>\n")
        for note, place in rendered:
            out.html[place] = self.notes.back_links_html(note)
        return start, out.mark()

    def _cited(self, rendered: list[tuple[Note, int]]) -> None:
        """Render the cited notes that are not rendered yet; they may cite others meanwhile."""
        while len(rendered) < len(self.notes.cited):
            note = self.notes.cited[len(rendered)]
            self.out.html.append(f'<li id="{self.notes.id(note)}">')
            self.blocks.render(note.tokens)
            is_paragraph = note.tokens[-1:] and note.tokens[-1].type == "paragraph_close"
            closing = self.out.html.pop() if is_paragraph else ""
            self.out.html.append("")
            rendered.append((note, len(self.out.html) - 1))
            self.out.html.append(closing + "</li>\n")


def _plain_document(body: str, problem: Problem) -> Document:
    """The text as plain paragraphs, for a text that is not parsed."""
    out = Output()
    start = out.mark()
    for paragraph in re.split(r"\n\s*\n", body):
        out.html.append(f"<p>{escape(paragraph.strip(), quote=False)}</p>\n")
        out.words.append(paragraph + " ")
    span = (start, out.mark())
    parts = Parts(out)
    html, text = parts.html(span), parts.text(span)
    empty = parts.html()
    return Document(
        summary=empty,
        lead=html,
        sections=(),
        points=(),
        footnotes=empty,
        html=html,
        text=text,
        lead_text=text,
        words=len(text.split()),
        links=(),
        images=(),
        anchors=frozenset(),
        cards=(),
        problems=(problem,),
    )
