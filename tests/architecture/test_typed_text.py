"""Whatever is typed passes the gate of typed_text: every field of every form, and every normal form of Unicode."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AuthenticationForm,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import User
from django.test import RequestFactory

from clinic_site.typed_fields import TypedText
from tests.architecture.source import modules, name

GATE = "clinic_site/typed_text.py"
# Compared with what they may be, and kept nowhere
ONLY_COMPARED = {"about", "email_choice", "words_hash", "code"}
# Names to sign in with and passwords: only compared, and Django looks at their length itself
OF_ACCOUNTS = (AdminPasswordChangeForm, AuthenticationForm, UserChangeForm, UserCreationForm)
PAGES_OF_OUR_OWN = {"Page", "Enquiry", "Conflict", "SignOff"}
OF_DJANGO = (forms.EmailField, forms.URLField, forms.SlugField, forms.UUIDField, forms.JSONField)


def test_normal_forms_are_made_in_one_place() -> None:
    pattern = re.compile(r"unicodedata\.normalize\(|import normalize\b|is_normalized\(")
    found = [name(p) for p in modules("clinic_site") if pattern.search(p.read_text("utf-8"))]
    assert found == [GATE]


def every_form(base: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """The forms of this site, those of forms too."""
    for form in base.__subclasses__():
        if form.__module__.startswith("clinic_site"):
            yield form
        yield from every_form(form)


def open_fields(fields: dict[str, forms.Field]) -> list[str]:
    """Fields of text that no gate is before."""
    return [
        key
        for key, field in fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, (TypedText, *OF_DJANGO))
        and key not in ONLY_COMPARED
    ]


def test_every_form_of_ours_has_the_gate() -> None:
    found = {*every_form(forms.BaseForm)}
    assert len(found) > 10
    of_admin = {type(one).form for one in admin.site._registry.values()}  # looked at below
    left = {
        form.__name__: open_fields(
            form.declared_fields if form in of_admin else getattr(form, "base_fields", {})
        )
        for form in found
        if not issubclass(form, OF_ACCOUNTS)
    }
    assert {form: fields for form, fields in left.items() if fields} == {}


@pytest.mark.django_db
def test_every_form_of_the_stock_admin_has_the_gate() -> None:
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("owner")
    left = {}
    for model, its_admin in admin.site._registry.items():
        is_stock = model.__name__ not in PAGES_OF_OUR_OWN
        if is_stock and its_admin.has_change_permission(request):
            left[model.__name__] = open_fields(its_admin.get_form(request).base_fields)
    assert "ReplyText" in left
    named = {"User": ["username", "password1", "password2"]}  # Django looks at their length itself
    assert {model: fields for model, fields in left.items() if fields} == named
