"""Redirects by hand in the stock admin: they hide no page and lead in one step."""

from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.redirects.admin import RedirectAdmin as StockRedirectAdmin
from django.contrib.redirects.models import Redirect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from clinic_site.pages.actions.move import is_free
from clinic_site.pages.checks.links import AnchorBook
from clinic_site.pages.models import HOME, Page
from clinic_site.typed_fields import TYPED_COLUMNS


class RedirectForm(forms.ModelForm[Redirect]):
    """A redirect by hand: it hides nothing, leads somewhere, and neither round in circles nor in hops."""

    class Meta:
        model = Redirect
        fields = ("old_path", "new_path")

    def clean_old_path(self) -> str:
        old: str = self.cleaned_data["old_path"]
        if not old.startswith("/") or old.startswith(("//", "/\\")):
            raise forms.ValidationError("Start with one slash: /old-address/")
        if "#" in old:
            raise forms.ValidationError("Leave out # and what follows: no browser sends it.")
        path = unquote(urlsplit(old).path)
        if Page.objects.published().filter(path=path.strip("/") or HOME).exists():
            raise forms.ValidationError("A live page stands at this address; it would be hidden.")
        if not is_free(_with_slash(path)) or not is_free(path):
            raise forms.ValidationError("The site uses this address for something else.")
        twins = _others(self.instance).filter(old_path__in=_spellings(old))
        if old not in (twin.old_path for twin in twins) and twins:
            raise forms.ValidationError("There is one from this address already: change that one.")
        return old

    def clean_new_path(self) -> str:
        new: str = self.cleaned_data["new_path"]
        if not new:
            return new
        if not new.startswith("/") or new.startswith(("//", "/\\")):
            raise forms.ValidationError("Start with one slash; only addresses of this site.")
        further = _others(self.instance).filter(old_path__in=_spellings(new)).first()
        return further.new_path if further else new

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        old, new = said.get("old_path"), said.get("new_path")
        if old and new and _bare(old) == _bare(new):
            self.add_error("new_path", "This leads round in circles.")
        elif new and (fault := AnchorBook(here=HOME, anchors={}).fault_of(_whole(new))):
            self.add_error("new_path", f"{fault}.")
        elif new:
            said["new_path"] = _whole(new)
        return said


def _others(redirect: Redirect) -> QuerySet[Redirect]:
    return Redirect.objects.filter(site_id=settings.SITE_ID).exclude(pk=redirect.pk)


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def _spellings(address: str) -> set[str]:
    """The address with and without its last slash, as it reads and as browsers show it: all lead on alike."""
    plain = unquote(address).rstrip("/")
    ends = {address, address.rstrip("/"), f"{address.rstrip('/')}/", plain, f"{plain}/"}
    return ends | {escape_uri_path(end) for end in ends}


def _bare(address: str) -> str:
    """What decides where an address leads: its path, without the last slash and however it is spelt."""
    return unquote(urlsplit(address).path).strip("/")


def _whole(address: str) -> str:
    """The address of a page with its last slash, as the page itself has it; any other as it is."""
    parts = urlsplit(address)
    is_page = Page.objects.published().filter(path=unquote(parts.path).strip("/") or HOME).exists()
    return urlunsplit(parts._replace(path=_with_slash(parts.path))) if is_page else address


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
        _others(obj).filter(new_path__in=_spellings(obj.old_path)).update(new_path=obj.new_path)


admin.site.unregister(Redirect)
admin.site.register(Redirect, RedirectAdmin)
