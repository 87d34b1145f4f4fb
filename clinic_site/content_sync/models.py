"""What the files of content/ said when they were last taken in, and where staff disagree.

A SourceFile is the merge base: the text of a file and its fields at that moment. A Conflict keeps
one field that both the file and staff changed, differently, with its own base, until a person
settles it. Neither is ever needed to show a page.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.content_sync.warning_cards import warning_cards
from clinic_site.pages.models import Page, Revision

LIVE, DRAFT = "live", "draft"


class SourceFile(models.Model):
    """A file of content/ as it was last taken in."""

    path = models.CharField(
        max_length=250, unique=True, help_text="Below content/: conditions/tennis-elbow.md."
    )
    page = models.OneToOneField(Page, on_delete=models.PROTECT, related_name="source_file")
    text = models.TextField(blank=True, help_text="The exact text, line ends included.")
    digest = models.CharField(
        max_length=64, help_text="Of the bytes, and of the code that reads them."
    )
    fields = models.JSONField(help_text="What the file said, field by field: the merge base.")
    is_gone = models.BooleanField(default=False, help_text="The file is no longer there.")

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__endswith=".md"), name="source_file_is_markdown"
            ),
            models.CheckConstraint(condition=Q(digest__length=64), name="source_file_has_a_digest"),
        ]

    def __str__(self) -> str:
        return self.path


class ShippedFile(models.Model):
    """A file as it last came with the code, where the clinic's words stand in a folder of their own.

    It is what an upgrade's changes are told by. `warned_at`: an upgrade changed a warning card of it,
    and nobody on the staff has read that yet.
    """

    path = models.CharField(max_length=250, unique=True)
    text = models.TextField()
    warned_at = models.DateTimeField("warning changed", null=True, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def unsettled(self) -> "ConflictQuerySet":
        """Conflicts that wait for a person."""
        return self.filter(settled_at__isnull=True)


class Conflict(models.Model):
    """One field that two sides changed differently. The clinic's words stay until it is settled.

    The other side is a file of the clinic's folder, or (`origin` shipped) an upgrade of the code.

    `head` says which of the page's words it is about: "live", "draft", or the moment (ISO 8601) at
    which a scheduled revision goes live.
    """

    class Outcome(models.TextChoices):
        MINE = "mine", "Staff's words kept"
        FILE = "file", "The file's words taken"
        WORDS = "words", "Other words written"
        AGREED = "agreed", "Both came to say the same"
        OVERTAKEN = "overtaken", "The words it was about are no longer in use"

    class Origin(models.TextChoices):
        FILE = "file", "The clinic's file"
        SHIPPED = "shipped", "An upgrade"

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="conflicts")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FILE)
    field = models.CharField(max_length=100)
    head = models.CharField(max_length=40)
    revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The staff revision that the file disagrees with; none for the clinic's details.",
    )
    base = models.JSONField(null=True, blank=True, help_text="What both started from.")
    file = models.JSONField(null=True, blank=True, help_text="What the file says.")
    mine = models.JSONField(null=True, blank=True, help_text="What staff's words say.")
    found_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["source_file__path", "field", "head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "field", "head", "origin"],
                condition=Q(settled_at__isnull=True),
                name="conflict_waits_once_per_field",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="conflict_is_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_file}: {self.field} ({self.head_label})"

    @property
    def is_urgent(self) -> bool:
        """Whether it is about a warning card: what patients read when they need help now."""
        return warning_cards(self.base) != warning_cards(self.file)

    @property
    def head_label(self) -> str:
        """Which words it is about, as people say it."""
        if self.head in (LIVE, DRAFT):
            return self.head
        moment = timezone.localtime(datetime.fromisoformat(self.head))
        return f"scheduled for {moment:%Y-%m-%d %H:%M}"


class BodyFacts(models.Model):
    """What the checks need to know of a body (its anchors, links, images, faults), by its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    facts = models.JSONField()

    class Meta:
        verbose_name_plural = "body facts"

    def __str__(self) -> str:
        return self.digest[:12]
