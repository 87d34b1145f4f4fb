"""Where the editor's image button sends to: the image library's addresses, where there is one."""

from django.urls import NoReverseMatch, reverse


def image_routes() -> dict[str, str]:
    """The addresses to upload to and to choose from; both empty where images are not installed."""
    try:
        return {
            "upload_url": reverse("admin:images_image_upload"),
            "list_url": reverse("admin:images_image_pick"),
        }
    except NoReverseMatch:
        return {"upload_url": "", "list_url": ""}
