"""Two people at the same row of the admin: who saves second sees what the first has written, instead of undoing it.

The form carries a fingerprint of what was read. Where it no longer fits at saving, the form comes back with all
that was typed, beside it what is there now, and with a fresh fingerprint, so that it can be saved on top.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from clinic_site.typed_fields import TYPED_COLUMNS

READ = "read"
TOO_LATE = (
    "Somebody else saved this after you had opened it, so yours is not saved yet. Nothing is lost:"
    " compare what you wrote with what is there now, then save again."
)


def fingerprint(row: Model, kept_with: tuple[str, ...] = ()) -> str:
    """Of what people may edit in the row as it is in the database now, and of the rows kept with it."""
    names = [field.name for field in row._meta.concrete_fields if field.editable]
    values = list(type(row)._base_manager.filter(pk=row.pk).values_list(*names))
    beside = [list(getattr(row, name).order_by("pk").values_list()) for name in kept_with]
    return sha256(repr((values, beside)).encode()).hexdigest()


class GuardedForm(forms.ModelForm[Any]):
    """Refuses to be saved over what its sender has not seen; `kept_with` names the rows shown in formsets below it."""

    kept_with: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean()
        if (row := self.instance).pk and (read := self.data.get(READ)):
            type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
            if read != fingerprint(row, self.kept_with) and (now := list(self._there_now())):
                self.add_error(None, [TOO_LATE, *now])
        return cleaned_data

    def _there_now(self) -> Iterator[str]:
        """A line for each value that is another now than the one in the form."""
        known = {field.name for field in self.instance._meta.fields}
        for name in self.changed_data:
            if name in known:
                label = self.fields[name].label or name
                yield f"{label} is now: {getattr(self.instance, name) or 'empty'}"
        for name in self.kept_with:
            rows = "; ".join(str(row) for row in getattr(self.instance, name).all())
            yield f"{name.capitalize()} are now: {rows or 'none'}"


class Guarded(ModelAdmin[Any]):
    """A page of the admin with the guard; the template below admin/clinic/ carries the fingerprint."""

    kept_with: tuple[str, ...] = ()
    formfield_overrides = TYPED_COLUMNS

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The page's own form, guarded."""
        own = options.pop("form", self.form)
        guarded = type(own.__name__, (GuardedForm, own), {"kept_with": self.kept_with})
        return super().get_form(request, obj, change, form=guarded, **options)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """With the fingerprint of what it shows."""
        row = context.get("original")
        guard = {READ: fingerprint(row, self.kept_with)} if row else {}
        return super().render_change_form(request, context | guard, *args, **options)
