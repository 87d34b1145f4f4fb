"""Page, Revision, SignOff and PreviewLink.

A page has an address and a line of revisions. Revisions are append-only: their words never change
and they are never deleted. The live revision is the latest one whose `publish_at` has passed, so a
scheduled publish needs no job, and withdrawing a page is a revision too.
"""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from clinic_site.pages.check_models import ClaimOverride, ExternalLink, PageCheck
from clinic_site.pages.querysets import PageQuerySet, PreviewLinkQuerySet, RevisionQuerySet

__all__ = ["HOME", "PATH", "WORDS", "ClaimOverride", "ExternalLink", "Page", "PageCheck"]
__all__ += ["ItemAnswer", "PreviewLink", "Revision", "SignOff"]
PATH = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z",
    "Write small letters, digits and single hyphens, with / between folders: conditions/tennis-elbow",
)
HOME = "home"
WORDS = ("title", "menu_title", "summary", "description", "body", "details", "health")


def page_url(path: str) -> str:
    """The address of the page with that path: `/` for the home page, else with its slash at the end."""
    return "/" if path == HOME else f"/{path}/"


class Page(models.Model):
    """One address of the site. The words are in its revisions."""

    path = models.CharField(
        "address",
        max_length=200,
        unique=True,
        validators=[PATH],
        help_text="What follows the site's name: first-session, conditions/tennis-elbow.",
    )
    parent_path = models.CharField(max_length=200, blank=True, editable=False)
    layout = models.CharField(max_length=30)
    position = models.PositiveIntegerField(
        default=0, help_text="Smaller numbers come first among the pages of a folder."
    )
    source_path = models.CharField(
        "content file",
        max_length=250,
        blank=True,
        editable=False,
        help_text="The file below content/ that this page was made from.",
    )
    version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts revisions; guards against two editors at once."
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "path"]
        indexes = [
            models.Index(fields=["parent_path", "position", "path"], name="page_siblings"),
            # Each page links its words to the glossary's terms: they are found without reading all pages.
            models.Index(fields=["layout"], name="page_layout"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_path"],
                condition=~Q(source_path=""),
                name="page_source_path_is_unique",
            ),
            models.CheckConstraint(condition=~Q(path=""), name="page_has_a_path"),
        ]

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """The address, always with its slash at the end; `/` for the home page."""
        return page_url(self.path)

    def name(self) -> str:
        """What staff call it: the title that was written last; its address before there is one. One query."""
        return self.revisions.values_list("title", flat=True).first() or str(self)

    @property
    def slug(self) -> str:
        """The last part of the address: its anchor where it stands on its folder's index."""
        return self.path.rpartition("/")[2]


class Revision(models.Model):
    """The words of a page at one moment. Only `publish_at` may be set or cleared, until it passes."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(max_length=200)
    menu_title = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True, help_text="In plain words, under the title.")
    description = models.CharField(max_length=320, blank=True, help_text="For search engines.")
    body = models.TextField(blank=True, help_text="Markdown.")
    details = models.JSONField(default=dict, blank=True)
    health = models.BooleanField(
        "health page", default=False, help_text="Shows who signed the page off, and when."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: taken in from content/.",
    )
    note = models.CharField(max_length=300, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The draft or scheduled revision that this one carries on with a file's change.",
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["page", "-publish_at", "-id"],
                name="revision_live",
                condition=Q(publish_at__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="revision_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (revision {self.pk})"

    def words(self) -> dict[str, Any]:
        """Everything that a reader or a search engine is told, by field name."""
        return {name: getattr(self, name) for name in WORDS}


class SignOff(models.Model):
    """A reviewer read these words: bound to their hash, so another word ends it."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="sign_offs")
    words_hash = models.CharField(max_length=64)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewer_name = models.CharField(max_length=120, help_text="As patients read it.")
    registration = models.CharField(
        max_length=40, blank=True, help_text="The reviewer's registration number, if shown."
    )
    revisions = models.ManyToManyField(
        Revision, related_name="sign_offs", help_text="Whose words were read, entries included."
    )
    signed_at = models.DateTimeField()
    review_due_on = models.DateField()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["page", "words_hash"], name="sign_off_by_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(words_hash__length=64), name="sign_off_names_its_words"
            ),
            models.CheckConstraint(condition=~Q(reviewer_name=""), name="sign_off_has_a_reviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_name}, {self.signed_at:%Y-%m-%d}"


class ItemAnswer(models.Model):
    """What a reviewer said of one "please confirm" item as they signed: confirmed, or struck and why.

    A sign-off stands only while each item of its page has an answer here.
    """

    CONFIRMED, STRUCK = "confirmed", "struck"

    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="answers")
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", help_text="Whose item it is."
    )
    item = models.CharField(max_length=300)
    outcome = models.CharField(
        max_length=10, choices=[(CONFIRMED, "Confirmed"), (STRUCK, "Struck")]
    )
    reason = models.TextField(blank=True, help_text="Why it was struck.")

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="confirmed", reason="") | Q(outcome="struck") & ~Q(reason=""),
                name="item_answer_confirms_or_says_why_not",
            ),
            models.CheckConstraint(condition=~Q(item=""), name="item_answer_has_an_item"),
            models.UniqueConstraint(
                fields=["sign_off", "revision", "item"], name="item_answer_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.item}"


class PreviewLink(models.Model):
    """A signed address that shows one revision to whoever has it, until it expires or is revoked."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="preview_links")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="preview_link_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Preview of {self.revision} until {self.expires_at:%Y-%m-%d}"


models.CharField.register_lookup(Length)
