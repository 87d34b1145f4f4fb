"""Redirects by hand in the stock admin: they hide no page and lead in one step."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.admin import RedirectAdmin as StockRedirectAdmin
from django.contrib.redirects.models import Redirect
from django.db.models import QuerySet
from django.http import HttpRequest

from clinic_site.pages.models import Page
from clinic_site.typed_fields import TYPED_COLUMNS


class RedirectForm(forms.ModelForm[Redirect]):
    """A redirect by hand: it hides no page, and leads neither round in circles nor in hops."""

    class Meta:
        model = Redirect
        fields = ("old_path", "new_path")

    def clean_old_path(self) -> str:
        old: str = self.cleaned_data["old_path"]
        if not old.startswith("/") or old.startswith("//"):
            raise forms.ValidationError("Start with one slash: /old-address/")
        if Page.objects.published().filter(path=old.strip("/") or "home").exists():
            raise forms.ValidationError("A live page stands at this address; it would be hidden.")
        return old

    def clean_new_path(self) -> str:
        new = self.cleaned_data["new_path"]
        if new and not (new.startswith("/") and not new.startswith(("//", "/\\"))):
            raise forms.ValidationError("Start with one slash; only addresses of this site.")
        others = Redirect.objects.filter(site_id=settings.SITE_ID).exclude(pk=self.instance.pk)
        further = others.filter(old_path=new).first()
        return further.new_path if further else new

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("old_path") and said.get("old_path") == said.get("new_path"):
            self.add_error("new_path", "This leads round in circles.")
        return said


class RedirectAdmin(StockRedirectAdmin):
    """Old addresses. Moving a page writes them; here they can be read and added to."""

    form = RedirectForm
    formfield_overrides = TYPED_COLUMNS
    list_filter = ()
    radio_fields = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(site_id=settings.SITE_ID)

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        obj.site_id = settings.SITE_ID
        super().save_model(request, obj, form, change)
        Redirect.objects.filter(site_id=settings.SITE_ID, new_path=obj.old_path).update(
            new_path=obj.new_path
        )


admin.site.unregister(Redirect)
admin.site.register(Redirect, RedirectAdmin)
