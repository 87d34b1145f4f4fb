"""What can be found: passages of the live pages, and the words that they are called by. And what was not found.

Beside `Passage` the database keeps its own index of the stems in the same rows, in step with every change of them:
FTS5 with triggers on SQLite, a generated tsvector on PostgreSQL (see the third migration).
"""

from django.db import models

from clinic_site.pages.models import Page, Revision

LONGEST = 400  # signs of a title or an anchor
LONGEST_NAME = 80  # signs of two words
LONGEST_MISSED = 4 * LONGEST_NAME + 3
TOLD_FROM = 3  # days on which words were typed before staff see them


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


class MissedSearch(models.Model):
    """Words that patients looked for and no page has together: on which days, how often; never who typed them.

    `days`: dates as ISO text, the earliest first, none older than 90 days; the other columns follow from them.
    """

    words = models.CharField(max_length=LONGEST_MISSED, unique=True)
    days = models.JSONField(default=list)
    day_count = models.PositiveSmallIntegerField("days", default=1)
    times = models.PositiveIntegerField(default=0)
    first_on = models.DateField()
    last_on = models.DateField("last typed on")

    class Meta:
        ordering = ("-day_count", "-times", "words")
        verbose_name = "search that found no answer"
        verbose_name_plural = "searches that found no answer"
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="missed_search_has_words"),
            models.CheckConstraint(
                condition=models.Q(day_count__gte=1), name="missed_search_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.words
