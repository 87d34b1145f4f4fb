"""The clinic in the admin: one source for footer, contact page, structured data and "reply by".

Every save and deletion says that the pages have changed, in its own transaction: what is answered
from memory would be stale otherwise.
"""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clinic_site.clinic.closures import announce
from clinic_site.clinic.file_mapping import THE_CLINIC
from clinic_site.clinic.forms.closure import ClosureForm
from clinic_site.clinic.forms.details import (
    PICTURE,
    ClinicForm,
    HoursForm,
    HoursFormSet,
    LocationForm,
    PriceForm,
)
from clinic_site.clinic.models import Clinic, Closure, Hours, Location, Price
from clinic_site.clinic.optimistic_lock import Guarded
from clinic_site.clinic.picture_places import PICTURE_PLACES
from clinic_site.pagecache.stamp import pages_changed
from clinic_site.published.words import PublishedWords


class OfTheClinic(Guarded):
    """What belongs to the one clinic, and shows on pages."""

    def say_changed(self) -> None:
        """Called in the transaction of each change."""
        pages_changed()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The form, with who fills it in: an owner may let a claim pass."""
        form: Any = super().get_form(request, obj, change, **options)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if hasattr(obj, "clinic_id"):
            obj.clinic_id = THE_CLINIC
        obj.save()
        if isinstance(form, PublishedWords) and (remark := form.remark()):
            self.log_change(request, obj, remark)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.say_changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            obj.delete()
            self.say_changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            queryset.delete()
            self.say_changed()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request) and Clinic.objects.exists()


@admin.register(Clinic)
class ClinicAdmin(OfTheClinic):
    """There is one: the list leads straight to it."""

    form = ClinicForm
    fieldsets = (
        (None, {"fields": ("name", "phone", "email", "why")}),
        (
            "Pictures of the clinic, from the image library",
            {"fields": tuple(f"{PICTURE}{key}" for key in PICTURE_PLACES)},
        ),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The one clinic; the stock list where there is none yet, or for whoever may not see it."""
        if Clinic.objects.exists() and self.has_view_or_change_permission(request):
            return HttpResponseRedirect(reverse("admin:clinic_clinic_change", args=[THE_CLINIC]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HoursInline(admin.StackedInline[Hours, Location]):
    """Stacked: the stock table has an empty heading and boxes without labels, and is wider than a phone."""

    model = Hours
    form = HoursForm
    formset = HoursFormSet
    fields = (("weekday", "opens", "closes"),)
    extra = 2
    verbose_name = "stretch of opening hours"
    verbose_name_plural = "opening hours (a lunch break makes two rows of a day)"


@admin.register(Location)
class LocationAdmin(OfTheClinic):
    """A place with its hours."""

    form = LocationForm
    inlines = (HoursInline,)
    kept_with = ("hours",)
    list_display = ("name", "street", "city")
    fieldsets = (
        (None, {"fields": ("name", "street", "city", "province", "postal_code", "country")}),
        ("How to reach it", {"fields": ("phone", "email", "languages")}),
        ("The way there", {"fields": ("directions", "parking", "step_free", "note", "sketch")}),
        ("On a map", {"fields": ("latitude", "longitude"), "classes": ("collapse",)}),
        ("Order and address", {"fields": ("position", "slug", "why")}),
    )


class OnTheBoard(OfTheClinic):
    """What every page tells for a while: put up by one button, and then one is back at the board of all of them."""

    putting_up: str

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        title = {"title": self.putting_up}
        return super().add_view(request, form_url, title | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        one_button = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context | one_button, *args, **options)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:clinic_notice_changelist"))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:clinic_notice_changelist"))


@admin.register(Closure)
class ClosureAdmin(OnTheBoard):
    """Days on which the clinic is closed: a notice on every page, two weeks ahead."""

    putting_up = "Put up closed days"

    form = ClosureForm
    fields = ("starts_on", "ends_on", "reason", "location", "why")
    list_display = ("reason", "starts_on", "ends_on", "location")
    list_select_related = ("location",)
    ordering = ("-starts_on",)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        announce(form.instance)


@admin.register(Price)
class PriceAdmin(OfTheClinic):
    """What a visit costs. The table stands on the clinic's page once it has a row."""

    form = PriceForm
    list_display = ("visit", "minutes", "dollars")
