"""The reusable filters over pages and revisions: adjectives, read like a sentence."""

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from clinic_site.clinic.models import Practitioner
from clinic_site.pages.layouts import ABOUT_PEOPLE, CONFIRMED_FIRST


class RevisionQuerySet(models.QuerySet[Any]):
    def past(self, at: datetime | None = None) -> Self:
        """Revisions whose time has come, the one in force first."""
        return self.filter(publish_at__lte=at or timezone.now()).order_by("-publish_at", "-pk")

    def scheduled(self, at: datetime | None = None) -> Self:
        """Revisions that will go live later, the next one first."""
        return self.filter(publish_at__gt=at or timezone.now()).order_by("publish_at", "pk")

    def drafts(self) -> Self:
        """Revisions that nobody has published or scheduled."""
        return self.filter(publish_at__isnull=True)

    def waiting(self, at: datetime | None = None) -> Self:
        """Of each page the latest draft, where it is newer than what is in force."""
        pages = self.model.objects.filter(page=OuterRef("page"))
        latest = pages.drafts().filter(replaced_by__isnull=True).order_by("-pk")
        in_force = Coalesce(Subquery(pages.past(at).values("pk")[:1]), 0)
        return self.filter(pk=Subquery(latest.values("pk")[:1]), pk__gt=in_force)

    def in_force(self, at: datetime | None = None) -> Self:
        """Of each page the latest revision whose time has come, withdrawals included."""
        latest = self.model.objects.filter(page=OuterRef("page")).past(at)
        return self.filter(pk=Subquery(latest.values("pk")[:1]))

    def live(self, at: datetime | None = None) -> Self:
        """What patients can read: the revision in force of each page that is not withdrawn."""
        return self.to_sign(at).confirmed()

    def to_sign(self, at: datetime | None = None) -> Self:
        """What a reviewer may read: all that is live, and what waits for them to be."""
        return self.published(at).with_their_people()

    def confirmed(self) -> Self:
        """All but those that patients find once somebody stands for these very words, with nothing struck.

        The last sign-off of the revision counts.
        """
        signed = apps.get_model("pages", "SignOff").objects.filter(revisions=OuterRef("pk"))
        answers = apps.get_model("pages", "ItemAnswer").objects
        struck = Exists(answers.filter(sign_off=OuterRef("pk"), outcome="struck"))
        last = signed.order_by("-signed_at", "-pk").annotate(has_struck=struck)
        found = self.alias(is_struck=Subquery(last.values("has_struck")[:1]))
        return found.filter(~Q(page__layout__in=CONFIRMED_FIRST) | Q(is_struck=False))

    def with_their_people(self) -> Self:
        """All but those of a page about the practitioners while there are none."""
        return self.filter(~Q(page__layout__in=ABOUT_PEOPLE) | Exists(Practitioner.objects.all()))

    def published(self, at: datetime | None = None) -> Self:
        """The revision in force of each page that is not withdrawn."""
        return self.in_force(at).filter(is_withdrawn=False).select_related("page")

    def under(self, folder: str) -> Self:
        """Revisions of the pages directly below a folder, in their order: `under("faq")`."""
        return self.filter(page__parent_path=folder).order_by("page__position", "page__path")


class PageQuerySet(models.QuerySet[Any]):
    def published(self, at: datetime | None = None) -> Self:
        """Pages whose revision in force is no withdrawal; one about people may wait for the first."""
        revisions = apps.get_model("pages", "Revision").objects
        return self.filter(Exists(revisions.published(at).filter(page=OuterRef("pk"))))

    def under(self, folder: str) -> Self:
        """The pages directly below a folder, in their order: `under("faq")`."""
        return self.filter(parent_path=folder).order_by("position", "path")


class PreviewLinkQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Links that still show their revision: in time, not revoked, and their maker still has an account."""
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
            created_by__is_active=True,
            created_by__is_staff=True,
        )
