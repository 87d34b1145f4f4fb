"""Which pages show an image: live, scheduled, or in a draft that waits."""

from clinic_site.images.uses import ImageUse
from clinic_site.markup import parse
from clinic_site.pages.models import Revision
from clinic_site.pages.querysets import RevisionQuerySet


def uses_of_image(image_id: int) -> tuple[ImageUse, ...]:
    """The pages whose text asks for image:N, each with its state; old revisions don't count.

    A page that was withdrawn counts: it would come back with its picture.
    """
    source = f"image:{image_id}"
    revisions = Revision.objects.filter(body__contains=source).select_related("page")
    found: list[ImageUse] = []
    for state, chosen in _by_state(revisions):
        for revision in chosen:
            if any(image.src == source for image in parse(revision.body).images):
                use = ImageUse(revision.title, revision.page.get_absolute_url(), state)
                found += [use] if use not in found else []
    return tuple(found)


def _by_state(revisions: RevisionQuerySet) -> list[tuple[str, RevisionQuerySet]]:
    in_force = revisions.in_force()
    return [
        ("live", in_force.filter(is_withdrawn=False)),
        ("withdrawn", in_force.filter(is_withdrawn=True)),
        ("scheduled", revisions.scheduled()),
        ("draft", revisions.waiting()),
    ]
