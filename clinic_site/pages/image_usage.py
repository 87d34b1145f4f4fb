"""Which pages show an image: live, scheduled, or in a draft that waits."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.images.usage import ImageUse, register
from clinic_site.markup import parse
from clinic_site.pages.models import Revision
from clinic_site.pages.querysets import RevisionQuerySet


@register
def uses_of_image(image_id: int) -> tuple[ImageUse, ...]:
    """The texts that ask for image:N, each with its state; old revisions don't count.

    A page that was withdrawn counts: it would come back with its picture.
    """
    source = f"image:{image_id}"
    revisions = Revision.objects.filter(body__contains=source).select_related("page")
    found: list[ImageUse] = []
    for state, chosen in _by_state(revisions):
        for revision in chosen:
            if _shows(revision.body, source):
                use = ImageUse(revision.title, revision.page.get_absolute_url(), state)
                found += [use] if use not in found else []
    return (*found, *_people(source))


def _people(source: str) -> Iterator[ImageUse]:
    """What the clinic's own tables show: always live, as they have no drafts."""
    for one in Practitioner.objects.filter(Q(about__contains=source) | Q(photo=source)):
        if one.photo == source or _shows(one.about, source):
            yield ImageUse(one.name, _place_of("practitioner", one.pk), "live")
    for place in Location.objects.filter(sketch=source):
        yield ImageUse(f"Sketch of {place.name}", _place_of("location", place.pk), "live")
    for clinic in Clinic.objects.all():
        if source in clinic.pictures.values():
            yield ImageUse("Pictures of the clinic", _place_of("clinic", clinic.pk), "live")


def _place_of(model: str, pk: int) -> str:
    return reverse(f"admin:clinic_{model}_change", args=[pk])


def _shows(text: str, source: str) -> bool:
    return any(image.src == source for image in parse(text).images)


def _by_state(revisions: RevisionQuerySet) -> list[tuple[str, RevisionQuerySet]]:
    in_force = revisions.in_force()
    return [
        ("live", in_force.filter(is_withdrawn=False)),
        ("withdrawn", in_force.filter(is_withdrawn=True)),
        ("scheduled", revisions.scheduled()),
        ("draft", revisions.waiting()),
    ]
