"""The pictures of the library that the clinic's forms may choose: those with a description."""

from collections.abc import Sequence

from clinic_site.clinic.forms.fields import offer_pictures
from clinic_site.images.models import Image


@offer_pictures
def described() -> Sequence[tuple[str, str]]:
    """(image:12, title and description) of each, the newest first."""
    rows = Image.objects.filter(is_decorative=False).values_list("pk", "title", "alt")
    return [(f"image:{pk}", f"{title or 'Picture'} {pk}: {alt}") for pk, title, alt in rows]
