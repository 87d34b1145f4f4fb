"""Conflicts between content/ and staff: each shown with what both started from, and settled by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from clinic_site.content_sync.files.read_files import page_path_of
from clinic_site.content_sync.merge.resolve_conflict import AlreadySettled, settle
from clinic_site.content_sync.models import Conflict, ShippedFile
from clinic_site.content_sync.shipped.record_upgrade import mark_read
from clinic_site.pages.actions.publish import PageChanged
from clinic_site.pages.diff.field_diff import label_of
from clinic_site.pages.diff.text_diff import Piece, both, readable, word_diff
from clinic_site.pages.editor.views.admin_page import person
from clinic_site.read_only_admin import ReadOnly
from clinic_site.typed_fields import TypedText
from clinic_site.typed_text import number_in

Outcome = Conflict.Outcome
_THEIRS: dict[str, str] = {
    Conflict.Origin.FILE: "The file now",
    Conflict.Origin.SHIPPED: "What comes with the new version",
}


@dataclass(frozen=True)
class Side:
    """One of the two that changed a field, and what it changed."""

    title: str
    text: str
    pieces: Sequence[Piece]


class SettlingForm(forms.Form):
    """What is to stand: staff's words, the file's, or others. Texts and lists of texts can be edited."""

    keep = forms.ChoiceField(choices=[], widget=forms.RadioSelect, label="What is to stand?")
    words = TypedText(
        required=False,
        strip=False,
        label="Other words",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Used only if you choose to write other words.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, conflict: Conflict, **options: Any) -> None:
        super().__init__(data, **options)
        value = conflict.mine if conflict.mine is not None else conflict.file
        self.is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
        choices = [
            (Outcome.MINE, "Staff's words, as they are"),
            (Outcome.FILE, "The file's words"),
        ]
        if self.is_list or isinstance(value, str):
            choices.append((Outcome.WORDS, "The words that I write below"))
            self.initial["words"] = _start(conflict)
        else:
            del self.fields["words"]
        cast(forms.ChoiceField, self.fields["keep"]).choices = choices

    def value(self) -> Any:
        """The edited words as the field holds them."""
        text = self.cleaned_data.get("words", "").replace("\r\n", "\n").replace("\r", "\n")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines if self.is_list else text.strip("\n")


@admin.register(Conflict)
class ConflictAdmin(admin.ModelAdmin[Conflict]):
    """The list is stock; a conflict opens with all three sides."""

    list_display = (
        "what",
        "is_warning",
        "source_file",
        "origin",
        "head_label",
        "outcome",
        "found_at",
        "settled_by",
    )
    list_filter = (("settled_at", admin.EmptyFieldListFilter), "outcome")
    list_select_related = ("source_file", "settled_by")
    actions = None

    @admin.display(description="Field", ordering="field")
    def what(self, conflict: Conflict) -> str:
        return label_of(conflict.field)

    @admin.display(description="Warning signs", boolean=True)
    def is_warning(self, conflict: Conflict) -> bool:
        return conflict.is_urgent

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """All three sides of a conflict; a POST settles it and says what was done."""
        found = Conflict.objects.select_related("source_file__page", "settled_by")
        conflict = get_object_or_404(found, pk=number_in(object_id))
        may_settle = self.has_change_permission(request, conflict)
        if not (may_settle or self.has_view_permission(request, conflict)):
            raise PermissionDenied
        version = {"version": conflict.source_file.page.version}
        form = SettlingForm(request.POST or None, conflict=conflict, initial=version)
        if request.method == "POST":
            if not may_settle:
                raise PermissionDenied
            if form.is_valid() and self._settle(request, conflict, form):
                return HttpResponseRedirect(reverse("admin:content_sync_conflict_changelist"))
        return self._shown(request, conflict, form, may_settle)

    def _shown(
        self, request: HttpRequest, conflict: Conflict, form: SettlingForm, may_settle: bool
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label_of(conflict.field)} of {conflict.source_file.page}",
            "conflict": conflict,
            "page": conflict.source_file.page,
            "base": readable(conflict.base),
            "sides": _sides(conflict),
            "form": form if may_settle and not conflict.settled_at else None,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/content_sync/conflict/settle.html", context, status=status)

    def _settle(self, request: HttpRequest, conflict: Conflict, form: SettlingForm) -> bool:
        """Whether it is settled; what hinders it stands in the form."""
        keep = form.cleaned_data["keep"]
        try:
            done = settle(
                conflict=conflict,
                keep=keep,
                words=form.value() if keep == Outcome.WORDS else None,
                by=person(request),
                expected_version=form.cleaned_data["version"],
            )
        except ValidationError as error:
            form.add_error("words" if "words" in form.fields else None, error.messages)
            return False
        except PageChanged:
            sentence = "Somebody changed the page just now. Look at it again, then settle."
            form.add_error(None, sentence)
            return False
        except AlreadySettled as error:
            messages.info(request, str(error))
            return True
        self.log_change(request, done, f"Settled: {done.get_outcome_display()}")
        messages.success(request, f"{done}: {done.get_outcome_display().lower()}.")
        return True


@admin.register(ShippedFile)
class ShippedFileAdmin(ReadOnly, admin.ModelAdmin[ShippedFile]):
    """Which files an upgrade changed the warning cards of, until somebody has read them."""

    list_display = ("path", "page", "warned_at")
    list_filter = (("warned_at", admin.EmptyFieldListFilter),)
    fields = readonly_fields = ("path", "warned_at", "text")
    actions = ("have_read",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever settles conflicts reads what arrived."""
        return bool(request.user.has_perm("content_sync.change_conflict"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description="Page")
    def page(self, shipped: ShippedFile) -> str:
        return f"/{page_path_of(shipped.path)}/"

    @admin.action(description="I have read the changed warning signs", permissions=["view"])
    def have_read(self, request: HttpRequest, chosen: QuerySet[ShippedFile]) -> None:
        count = mark_read(paths=list(chosen.values_list("path", flat=True)))
        messages.success(request, f"Read: {count}.")


def _start(conflict: Conflict) -> str:
    """The words to edit: both changes together where they can stand together, else staff's."""
    base, file, mine = (readable(one) for one in (conflict.base, conflict.file, conflict.mine))
    return both(base=base, theirs=file, mine=mine) or mine


def _sides(conflict: Conflict) -> Sequence[Side]:
    base, file, mine = (readable(one) for one in (conflict.base, conflict.file, conflict.mine))
    return [
        Side(f"Staff's words ({conflict.head_label})", mine, word_diff(base, mine)),
        Side(_THEIRS[conflict.origin], file, word_diff(base, file)),
    ]
