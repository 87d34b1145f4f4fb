"""What can be found: passages of the live pages, and the words that they are called by.

Beside `Passage` the database keeps its own index of the stems in the same rows, in step with every change of them:
FTS5 with triggers on SQLite, a generated tsvector on PostgreSQL (see the third migration).
"""

from django.db import models

from clinic_site.pages.models import Page, Revision

LONGEST = 400  # signs of a title or an anchor
LONGEST_NAME = 80  # signs of two words


class Passage(models.Model):
    """One place to lead to: a page's beginning, a section or an item of it, a question, a term, a condition, a person.

    Plain text throughout. `page_version` is the page's when it was taken in; a passage counts only
    while its revision is live. `surroundings` tells what else was shown with it: see passages.py.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", db_index=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    page_version = models.PositiveIntegerField()
    surroundings = models.CharField(max_length=40, blank=True)
    anchor = models.CharField(max_length=LONGEST, blank=True)
    is_warning = models.BooleanField(
        default=False, help_text="Its words are signs that need help, whatever the page is about."
    )
    title = models.CharField(max_length=LONGEST)
    names = models.TextField(blank=True, help_text="Other names, with “; ” between them.")
    place = models.TextField(
        blank=True,
        help_text="Names of the page around a section, its address, its areas.",
    )
    text = models.TextField(blank=True)
    title_stems = models.TextField(blank=True)
    names_stems = models.TextField(blank=True)
    place_stems = models.TextField(blank=True)
    text_stems = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "anchor"], name="passage_has_one_place"),
            models.CheckConstraint(condition=~models.Q(title=""), name="passage_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of some title, name or term, without case and accents; or two of them written as one.

    `meant`: how it is written; "tennis elbow" for "tenniselbow".
    """

    word = models.CharField(max_length=LONGEST_NAME, unique=True)
    meant = models.CharField(max_length=LONGEST_NAME)

    def __str__(self) -> str:
        return self.word
