"""Image and Rendition: a picture of the library, and the files that pages show of it.

An uploaded file is never kept as it came: `original` is a clean copy made from its pixels. Replacing
an image gives it new files under the same number; those of the version before stay for a while, so
that pages in somebody's cache still find them.
"""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from clinic_site.images.querysets import ImageQuerySet, RenditionQuerySet

THUMBNAIL_WIDTH = 480
_MARKDOWN_SIGNS = re.compile(r"([\\\[\]*_`<&])")

models.CharField.register_lookup(Length)


class Kind(models.TextChoices):
    """The file types that pages are given, the smallest files first."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"
    JPEG = "jpeg", "JPEG"


class Image(models.Model):
    """A picture of the library. Markdown names it by its number: `![alt](image:12)`."""

    title = models.CharField(
        max_length=120, blank=True, help_text="For finding it again. Patients don't see it."
    )
    alt = models.CharField(
        "description",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for people who can't see it: “A thin needle beside a match”.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="It says nothing that the words around it don't say. It then has no description.",
    )
    is_sensitive = models.BooleanField(
        "may be hard to look at",
        default=False,
        help_text="Needles, skin, blood: pages keep it folded behind its description.",
    )
    original = models.FileField(
        max_length=100, editable=False, help_text="A clean copy, at most 2,400 pixels wide."
    )
    width = models.PositiveIntegerField(editable=False, help_text="Of the clean copy, in pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Of the clean copy, in pixels.")
    sha256 = models.CharField(
        max_length=64, editable=False, help_text="Of the file as it was uploaded."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    replaced_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts the pictures that this number has stood for."
    )

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) & ~Q(alt="") | Q(is_decorative=True, alt=""),
                name="image_has_alt_or_is_decorative",
                violation_error_message="Say what the picture shows, or tick “decorative” and leave"
                " the description empty: one of the two, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(is_decorative=True, is_sensitive=True),
                name="image_sensitive_has_alt",
                violation_error_message="A picture that may be hard to look at is folded behind its"
                " description, so it can't be decorative: say what it shows.",
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="image_has_pixels"),
            models.CheckConstraint(condition=Q(version__gt=0), name="image_version_is_from_1"),
            models.CheckConstraint(condition=~Q(original=""), name="image_has_a_file"),
            models.CheckConstraint(condition=Q(sha256__length=64), name="image_names_its_upload"),
            models.CheckConstraint(
                condition=Q(version=1, replaced_at=None, replaced_by=None)
                | Q(version__gt=1, replaced_at__isnull=False, replaced_by__isnull=False),
                name="image_replaced_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.alt or f"Decorative image {self.pk}"

    @property
    def source(self) -> str:
        """How a text names it: image:12."""
        return f"image:{self.pk}"

    @property
    def markdown(self) -> str:
        """What to write into a text; the description's signs are kept from meaning anything."""
        words = _MARKDOWN_SIGNS.sub(r"\\\1", self.alt)
        return f"![{words}]({self.source})"


class Rendition(models.Model):
    """One file of an image: a type and a width. Its words never change; its name is its content's."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    retired_at = models.DateTimeField(null=True, help_text="When a newer picture took its place.")

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "version", "kind", "width"], name="rendition_is_one_per_size"
            ),
            models.UniqueConstraint(fields=["file"], name="rendition_has_its_own_file"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="rendition_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, size__gt=0), name="rendition_has_pixels"
            ),
            models.CheckConstraint(condition=~Q(file=""), name="rendition_has_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.width} x {self.height}"
