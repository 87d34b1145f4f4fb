"""What the page editor asks of the library: upload a picture, pick one. JSON in both directions back.

Both are under the admin; the admin's own check of who may do what stands in front of them (admin.py).

    POST admin:images_image_upload   multipart, with the CSRF token in the form or the X-CSRFToken header
        file           the picture
        alt            what it shows; or is_decorative=1 and no alt
        is_sensitive   1 for one that may be hard to look at (optional)
        title          for finding it again (optional)
      200 {"id": 12, "markdown": "![alt](image:12)", "thumbnail": "/media/…", "alt": …, "title": …,
           "width": 1600, "height": 1067, "is_decorative": false, "is_sensitive": false}
      400 {"error": "one or two sentences that say what to do"}
      403 {"error": "…"} for somebody who isn't signed in or may not upload
      503 {"error": "…"}, with Retry-After, while another picture is at work: the browser sends it again

    GET admin:images_image_pick?q=needle&page=1
      200 {"images": [as above, newest first, 24 a page], "next": 2 or null}
"""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from clinic_site.images.actions import upload
from clinic_site.images.encoding import Busy
from clinic_site.images.forms import UploadForm, first_error, tried
from clinic_site.images.models import Image
from clinic_site.images.pictures import thumbnails
from clinic_site.typed_text import cut_typed

ON_A_PAGE = 24
AGAIN = 2  # seconds until the sender asks again


@require_POST
def upload_image(request: HttpRequest) -> JsonResponse:
    """Take a picture in and say how a text names it; see the top of the module."""
    form = UploadForm(request.POST, request.FILES, by=person(request))

    def made() -> Image:
        data = form.cleaned_data["file"]
        return upload(data=data, by=person(request), waits=False, **form.words())

    try:
        image = tried(form, made) if form.is_valid() else None
    except Busy:
        return busy()
    if image is None:
        return JsonResponse({"error": first_error(form)}, status=400)
    return JsonResponse(_described([image])[0])


@require_safe
def pick_image(request: HttpRequest) -> JsonResponse:
    """A page of the library, newest first; see the top of the module."""
    found = Image.objects.about(cut_typed(request.GET.get("q", ""), longest=200))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    following = page.next_page_number() if page.has_next() else None
    return JsonResponse({"images": _described(list(page)), "next": following})


def _described(images: list[Image]) -> list[dict[str, Any]]:
    small = thumbnails([image.pk for image in images])
    return [
        {
            "id": image.pk,
            "markdown": image.markdown,
            "thumbnail": small[image.pk].url if image.pk in small else "",
            "title": image.title,
            "alt": image.alt,
            "width": image.width,
            "height": image.height,
            "is_decorative": image.is_decorative,
            "is_sensitive": image.is_sensitive,
        }
        for image in images
    ]


def busy() -> JsonResponse:
    """Another picture is at work; the sender keeps this one and asks again."""
    answer = JsonResponse({"error": "Another picture is being worked on. Try again."}, status=503)
    answer.headers["Retry-After"] = str(AGAIN)
    return answer


def person(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else this far."""
    return cast(User, request.user)
