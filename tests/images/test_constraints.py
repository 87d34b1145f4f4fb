"""What the database refuses, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from clinic_site.images.models import Image, Rendition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("image_has_alt_or_is_decorative", {"alt": ""}),
        ("image_has_alt_or_is_decorative", {"is_decorative": True}),
        (
            "image_sensitive_has_alt",
            {"alt": "", "is_decorative": True, "is_sensitive": True},
        ),
        ("image_has_pixels", {"width": 0}),
        ("image_has_pixels", {"height": 0}),
        # Without a version that says who replaced what, two rules are broken; which is told depends on the database.
        ("image_version_is_from_1|image_replaced_says", {"version": 0}),
        ("image_has_a_file", {"original": ""}),
        ("image_names_its_upload", {"sha256": "abc"}),
        ("image_replaced_says_when_and_by_whom", {"version": 2}),
        ("image_replaced_says_when_and_by_whom", {"replaced_at": timezone.now()}),
    ],
)
def test_image(image: Image, name: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name):
        Image.objects.filter(pk=image.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("rendition_kind_is_known", {"kind": "gif"}),
        ("rendition_has_pixels", {"width": 0}),
        ("rendition_has_pixels", {"size": 0}),
        ("rendition_has_a_file", {"file": ""}),
    ],
)
def test_rendition(image: Image, name: str, values: dict[str, Any]) -> None:
    one = image.renditions.first()
    with pytest.raises(IntegrityError, match=name):
        Rendition.objects.filter(pk=one.pk).update(**values)


@pytest.mark.parametrize("field", ["file", "size"])
def test_a_rendition_stands_once_and_has_its_own_file(image: Image, field: str) -> None:
    copy = image.renditions.first()
    copy.pk = None
    if field == "file":
        copy.version = 9
    else:
        copy.file = "images/else"
    with pytest.raises(IntegrityError, match="UNIQUE|unique"):
        copy.save()
