"""What can be found: passages of the live pages, and the words that stand in them.

Beside `Passage` the database keeps its own index of the same rows, in step with every change of them:
FTS5 with triggers on SQLite, a generated tsvector on PostgreSQL (see the first migration).
"""

from django.db import models

from clinic_site.pages.models import Page, Revision

LONGEST = 400  # signs of a title or an anchor


class Passage(models.Model):
    """One place to lead to: a page's beginning, a section, a question, a term or a condition.

    Plain text throughout. `page_version` is the page's when it was taken in; a passage counts only
    while its revision is live. `cards_at` is when the warning cards on the page last changed.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", db_index=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    page_version = models.PositiveIntegerField()
    cards_at = models.DateTimeField(null=True)
    anchor = models.CharField(max_length=LONGEST, blank=True)
    title = models.CharField(max_length=LONGEST)
    names = models.TextField(blank=True, help_text="Other names, with “; ” between them.")
    place = models.TextField(
        blank=True,
        help_text="Names of the page around a section, its address, its areas.",
    )
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "anchor"], name="passage_has_one_place"),
            models.CheckConstraint(condition=~models.Q(title=""), name="passage_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word as it is written in some passage, without case and accents."""

    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.word


class Piece(models.Model):
    """Three signs in a row of a word, `^` before it and `$` after it: what mistyped words have in common with it."""

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="pieces")
    signs = models.CharField(max_length=3)

    class Meta:
        indexes = [models.Index(fields=["signs", "word"], name="piece_of_words")]

    def __str__(self) -> str:
        return self.signs
