"""The library in the admin: find, upload, describe, replace, delete. Every write is a verb of actions.py."""

from typing import Any

from django.contrib import admin, messages
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.csrf import csrf_protect

from clinic_site.images import json_views
from clinic_site.images.actions import ImageInUse, delete, describe
from clinic_site.images.file_pages import FilePages, around
from clinic_site.images.forms import WORDS, WordsForm
from clinic_site.images.json_views import person
from clinic_site.images.models import Image
from clinic_site.images.pictures import thumbnails
from clinic_site.images.usage import uses_of
from clinic_site.typed_fields import TYPED_COLUMNS

ON_A_PAGE = 24


@admin.register(Image)
class ImageAdmin(FilePages):
    """The library as the stock list, drawn as a grid; what takes files stands in file_pages.py."""

    form = WordsForm
    formfield_overrides = TYPED_COLUMNS
    fields = ("alt", "is_decorative", "is_sensitive", "title", "why")
    search_fields = ("title", "alt")
    list_filter = ("is_sensitive", "is_decorative")
    list_per_page = ON_A_PAGE
    actions = None

    class Media:
        css = {"all": ("admin_site/images/library.css",)}
        js = (
            Script("admin_site/images/send-picture.js", type="module"),
            Script("admin_site/images/picture-field.js", type="module"),
        )

    def get_urls(self) -> list[URLPattern]:
        """The stock addresses, and those of the editor and of replacing."""
        view = self.admin_site.admin_view
        return [
            path("upload/", csrf_protect(self.upload_json), name="images_image_upload"),
            path("pick/", self.pick_json, name="images_image_pick"),
            path("<int:number>/replace/", view(self.replace_view), name="images_image_replace"),
            path("<int:number>/crop/", view(self.crop_view), name="images_image_crop"),
            path("<int:number>/crop/part/", view(self.crop_preview), name="images_image_part"),
            *super().get_urls(),
        ]

    # The editor's questions

    def upload_json(self, request: HttpRequest) -> HttpResponse:
        """POST a picture from the editor; see json_views."""
        return self._refusal(request, self.has_add_permission) or json_views.upload_image(request)

    def pick_json(self, request: HttpRequest) -> HttpResponse:
        """GET pictures to choose from; see json_views."""
        return self._refusal(request, self.has_view_permission) or json_views.pick_image(request)

    def _refusal(self, request: HttpRequest, may: Any) -> JsonResponse | None:
        """403 with a sentence, where a page of the admin would lead to the sign-in form."""
        if not self.admin_site.has_permission(request):
            return JsonResponse(
                {"error": "Sign in again in another tab, then try once more."}, status=403
            )
        if not may(request):
            return JsonResponse({"error": "You may not do this: ask an editor."}, status=403)
        return None

    # The pages of the library

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The stock form for the words, with the picture, how to write it, and where it is used."""
        image = self.get_object(request, object_id)
        extra = around(image) if image else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The stock list, drawn as a grid, with the thumbnails of this page."""
        response = super().changelist_view(request, extra_context)
        context = response.context_data if isinstance(response, TemplateResponse) else None
        if context and "cl" in context:
            shown = list(context["cl"].result_list)
            small = thumbnails([image.pk for image in shown])
            context["tiles"] = [(image, small.get(image.pk)) for image in shown]
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The stock question; an image that pages show is not even asked about."""
        image = self.get_object(request, object_id)
        may = image is not None and self.has_delete_permission(request, image)
        try:
            if may and image is not None and (uses := uses_of(image.pk)):
                raise ImageInUse(uses)
            return super().delete_view(request, object_id, extra_context)
        except ImageInUse as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:images_image_change", args=[object_id]))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The form, with who fills it in: an owner may let a claim pass."""
        form: Any = super().get_form(request, obj, change, **options)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """The words of an image; its picture has views of its own."""
        describe(image=obj, by=person(request), **{name: form.cleaned_data[name] for name in WORDS})
        if remark := form.remark():
            self.log_change(request, obj, remark)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Through the verb, which looks once more whether a page shows it."""
        delete(image=obj, by=person(request))
