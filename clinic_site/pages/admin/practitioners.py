"""The people who treat patients here, in the admin. What is told of them stands on a page and obeys its checks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from clinic_site.clinic.admin import OfTheClinic
from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.forms.details import EndOfAddress, free_slug
from clinic_site.clinic.forms.fields import DayInput, PictureField
from clinic_site.clinic.hours_text import WEEKDAYS
from clinic_site.clinic.models import Attendance, Practitioner
from clinic_site.clinic.people_models import LONGEST_LINE
from clinic_site.clinic.practitioner_changes import people_changed
from clinic_site.markup import parse
from clinic_site.pages.checks.publishing import (
    Fault,
    NotFit,
    faults_of_person,
    keep_override,
    let_pass,
    may_override,
)
from clinic_site.typed_fields import LinesField, TypedText

TOLD = (
    *("name", "title", "photo", "registration_url", "needling_authorised_on", "holds_gunn_ims"),
    *("training", "languages", "areas", "about", "account", "position", "slug"),
)
WORDS = ("title", "training", "about")
DAYS = [(str(number), name.capitalize()) for number, name in enumerate(WEEKDAYS)]
MAY = "As an owner you may let claims pass: say why below, then save again."
MAY_NOT = "Only an owner may let a claim pass."


class PractitionerForm(forms.ModelForm[Practitioner]):
    """A person, with their entry in the regulator's register. `by` is who fills it in."""

    by: User
    passed: tuple[Fault, ...] = ()
    registration_url = forms.URLField(
        label="Link to the register",
        assume_scheme="https",
        help_text="Their entry in the regulator's public register.",
    )
    slug = EndOfAddress()
    photo = PictureField(
        help_text="From the image library, where its description is written. Pages cut it to 4 by 5.",
    )
    training = LinesField(
        required=False,
        longest=2_000,
        longest_line=LONGEST_LINE,
        help_text="What they learned, where and when, one a line. Facts only.",
    )
    languages = LinesField(
        required=False, longest=500, longest_line=LONGEST_LINE, help_text="One a line."
    )
    areas = forms.MultipleChoiceField(
        label="Areas of interest",
        choices=list(BODY_AREAS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = TypedText(
        required=False,
        max_length=1_000,
        widget=forms.HiddenInput,
        label="Why may these claims go live?",
        help_text="Kept with your name. Saving again then lets them pass.",
    )

    class Meta:
        model = Practitioner
        fields = TOLD
        widgets = {"needling_authorised_on": DayInput()}
        help_texts = {
            "needling_authorised_on": "Since when they may needle. Leave it out if they do not.",
            "holds_gunn_ims": "Only if the certificate was given to them.",
            "about": "A few plain sentences, in Markdown. A picture is ![who it shows](image:12).",
            "position": "Smaller numbers come first.",
        }

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"].replace("\r\n", "\n").strip()
        document = parse(about)
        faults = [f"Line {fault.line}: {fault.message}" for fault in document.problems]
        if document.sections:
            faults.append("Leave headings out: the name is the heading of this text.")
        if faults:
            raise forms.ValidationError(faults)
        return about

    def clean_registration_url(self) -> str:
        url: str = self.cleaned_data["registration_url"]
        if not url.startswith("https://"):
            raise forms.ValidationError("Write the whole address, from https:// on.")
        return url

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "slug" in said and said.get("name"):
            said["slug"] = free_slug(
                said["slug"], row=self.instance, name=said["name"], otherwise="person"
            )
        told = {name: said[name] for name in WORDS if name in said}
        practitioner = Practitioner(pk=self.instance.pk, **told)
        faults = faults_of_person(practitioner)
        try:
            passed = let_pass(faults=faults, by=self.by, reason=said.get("reason", ""))
        except NotFit as refusal:
            self._refuse(refusal)
        else:
            self.passed = tuple(passed)
        if said.get("reason"):
            self._ask_why()  # where something else is wrong, what was given is still seen
        return said

    def _refuse(self, refusal: NotFit) -> None:
        """Say what has to be put right, and ask an owner for a reason where one would do."""
        for fault in refusal.faults:
            self.add_error(fault.field, f"Line {fault.line}: {fault.message}")
        if refusal.may_be_overridden:
            self.add_error(None, MAY if may_override(self.by) else MAY_NOT)
            self._ask_why()

    def _ask_why(self) -> None:
        if may_override(self.by):
            self.fields["reason"].widget = forms.Textarea(attrs={"rows": 2})


class AttendanceForm(forms.ModelForm[Attendance]):
    """A place, and the days on which somebody sees patients there."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Days",
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: by arrangement.",
    )

    class Meta:
        model = Attendance
        fields = ("location", "weekdays")
        labels = {"location": "Place"}


class AttendanceInline(admin.StackedInline[Attendance, Practitioner]):
    """Where and when somebody sees patients."""

    model = Attendance
    form = AttendanceForm
    extra = 1


@admin.register(Practitioner)
class PractitionerAdmin(OfTheClinic):
    """People who treat patients here. The page about them appears with the first one."""

    form = PractitionerForm
    inlines = (AttendanceInline,)
    kept_with = ("attendances",)
    list_display = ("name", "title", "needling_authorised_on")
    fields = (*TOLD, "reason", "let_pass")
    readonly_fields = ("let_pass",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The claims let pass are shown where there are any."""
        is_told = obj is not None and obj.claim_overrides.exists()
        return self.fields if is_told else self.fields[:-1]

    @admin.display(description="Claims let pass")
    def let_pass(self, person: Practitioner) -> SafeString:
        rows = (
            (claim, one.made_by, one.made_at.date(), one.reason)
            for one in person.claim_overrides.select_related("made_by")
            for claim in one.claims
        )
        return format_html_join("", "<p>{} Let pass by {} on {}: {}</p>", rows)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        reason = form.cleaned_data["reason"]
        keep_override(practitioner=obj, faults=form.passed, by=form.by, reason=reason)

    def say_changed(self) -> None:
        people_changed()
