"""The pages of the library that take or make files: upload, replace, crop. None holds a transaction while encoding.

A browser that says `X-Waits: yes` is answered in JSON, {"to": address} or {"error": sentence}: it shows how far the
picture is, and waits itself while another one is at work.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from clinic_site.images import json_views
from clinic_site.images.actions import crop, replace, upload
from clinic_site.images.encoding import Busy, cropped_jpeg
from clinic_site.images.forms import CropForm, ReplaceForm, UploadForm, first_error, tried
from clinic_site.images.json_views import person
from clinic_site.images.models import THUMBNAIL_WIDTH, Image
from clinic_site.images.pictures import thumbnails
from clinic_site.images.usage import uses_of


class FilePages(ModelAdmin[Image]):
    """Upload, replace and crop, in the frame of the admin."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The upload form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, by=person(request))

        def made() -> Image:
            file, waits = form.cleaned_data["file"], not _waits(request)
            return upload(data=file, by=person(request), waits=waits, **form.words())

        return self._answered(request, form, "Upload a picture", None, made, "Uploaded")

    def replace_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Another picture under the same number."""
        image = get_object_or_404(Image, pk=number)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        form = ReplaceForm(request.POST or None, request.FILES or None)

        def made() -> Image:
            file, waits = form.cleaned_data["file"], not _waits(request)
            return replace(image=image, data=file, by=person(request), waits=waits)

        done = "Replaced. Check that the description still says what it shows"
        return self._answered(request, form, "Replace the picture", image, made, done)

    def crop_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """A part of a picture as a picture of its own."""
        image = self._to_crop(request, number)
        form = CropForm(request.POST or None)

        def made() -> Image:
            return crop(image=image, to=form.crop(), by=person(request))

        done = "Cropped: this is a picture of its own. The whole one is still in the library"
        return self._answered(request, form, "Crop the picture", image, made, done)

    def crop_preview(self, request: HttpRequest, number: int) -> HttpResponse:
        """The part that would be kept, as a small JPEG."""
        image, form = self._to_crop(request, number), CropForm(request.GET)
        if not form.is_valid():
            return HttpResponse(status=400)
        small = image.renditions.current().filter(kind="jpeg", width__lte=THUMBNAIL_WIDTH).first()
        try:
            with (small.file if small else image.original).open() as file:
                data = cropped_jpeg(file.read(), form.crop())
        except OSError:
            return HttpResponse(status=503)
        answer = HttpResponse(data, content_type="image/jpeg")
        answer.headers["Cache-Control"] = "no-store, private"
        return answer

    def _to_crop(self, request: HttpRequest, number: int) -> Image:
        image = get_object_or_404(Image, pk=number)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return image

    def _answered(
        self,
        request: HttpRequest,
        form: BaseForm,
        title: str,
        image: Image | None,
        made: Callable[[], Image],
        done: str,
    ) -> HttpResponse:
        """What the verb `made` gave, or the form with what is wrong."""
        if request.method == "POST" and form.is_valid() and "show" not in request.POST:
            try:
                found = tried(form, made)
            except Busy:
                return json_views.busy()
            if found is not None:
                remark = form.remark() if isinstance(form, UploadForm) else ""
                self.log_change(request, found, remark or done)
                return self._to(request, found, f"{done}.")
        if request.method == "POST" and _waits(request):
            return JsonResponse({"error": first_error(form)}, status=400)
        return self._form_page(request, form, title, image)

    def _form_page(
        self, request: HttpRequest, form: BaseForm, title: str, image: Image | None
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            **(around(image) if image else {}),
            "opts": self.opts,
            "title": title,
            "form": form,
            "image": image,
            "media": self.media,
            "is_cropping": isinstance(form, CropForm),
        }
        template = "admin/images/image/picture_form.html"
        status = 400 if request.method == "POST" and form.errors else 200
        return TemplateResponse(request, template, context, status=status)

    def _to(self, request: HttpRequest, image: Image, message: str) -> HttpResponse:
        messages.success(request, message)
        may = self.has_view_or_change_permission(request, image)
        where = (
            reverse("admin:images_image_change", args=[image.pk]) if may else reverse("admin:index")
        )
        return JsonResponse({"to": where}) if _waits(request) else HttpResponseRedirect(where)


def around(image: Image) -> dict[str, Any]:
    """What stands beside the forms of an image: how it looks, and where it is used."""
    return {"thumbnail": thumbnails([image.pk]).get(image.pk), "uses": uses_of(image.pk)}


def _waits(request: HttpRequest) -> bool:
    """Whether the browser itself waits for its turn."""
    return request.headers.get("X-Waits") == "yes"
