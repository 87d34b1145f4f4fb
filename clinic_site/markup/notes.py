"""Footnotes: they carry the sources, numbered in the order in which the text refers to them."""

from dataclasses import dataclass, field

from markdown_it.token import Token

from clinic_site.markup.anchors import Anchors


@dataclass(slots=True)
class Note:
    """One source: its tokens, the line it is written on, and how often the text refers to it."""

    label: str
    line: int
    tokens: list[Token]
    number: int = 0
    references: int = 0


@dataclass(slots=True)
class Notes:
    """The sources of one document.

    cited holds those that have a number, in its order; repeated the later ones of the same name.
    """

    anchors: Anchors
    by_label: dict[str, Note] = field(default_factory=dict)
    cited: list[Note] = field(default_factory=list)
    repeated: list[Note] = field(default_factory=list)

    def cite(self, note: Note) -> None:
        """Give the note the next number, unless it has one."""
        if not note.number:
            self.cited.append(note)
            note.number = len(self.cited)

    def reference_html(self, label: str) -> str:
        """The raised number in the text that leads to the source."""
        note = self.by_label[label]
        self.cite(note)
        note.references += 1
        place = self._reference_id(note, note.references)
        return (
            f'<sup class="source-ref"><a id="{place}" href="#{self.id(note)}" role="doc-noteref"'
            f' aria-label="Source {note.number}">{note.number}</a></sup>'
        )

    def back_links_html(self, note: Note) -> str:
        """The links from a source back to each place that refers to it."""
        links = []
        for reference in range(1, note.references + 1):
            which = f", place {reference}" if note.references > 1 else ""
            links.append(
                f' <a class="source-back" href="#{self._reference_id(note, reference)}"'
                f' role="doc-backlink" aria-label="Back to the text from source {note.number}'
                f'{which}">\u21a9\ufe0e</a>'
            )
        return "".join(links)

    def id(self, note: Note) -> str:
        """The id of the source in the list."""
        return self.anchors.full(f"fn-{note.number}")

    def _reference_id(self, note: Note, reference: int) -> str:
        name = f"fnref-{note.number}" + (f"-{reference}" if reference > 1 else "")
        return self.anchors.full(name)
