"""What the clinic tells on every page for a while: a new therapist, a course, a number that changes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinic_site.clinic.days import FIRST_DAY, LAST_DAY, WHICH_DAYS


class Notice(models.Model):
    """One or two sentences on every page, from one day to another, both included."""

    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.CASCADE, related_name="notices")
    words = models.CharField(
        "what patients read",
        max_length=200,
        help_text="One or two short sentences: A. Sample joins us in March.",
    )
    starts_on = models.DateField(
        "from",
        default=timezone.localdate,
        validators=[MinValueValidator(FIRST_DAY, WHICH_DAYS)],
        help_text="It is shown from the first minute of that day on; today is at once.",
    )
    ends_on = models.DateField(
        "until",
        validators=[MaxValueValidator(LAST_DAY, WHICH_DAYS)],
        help_text="The last day on which it is shown. It then goes by itself.",
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="notice_ends_after_start",
                violation_error_message="The last day is before the first: put the dates right.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=FIRST_DAY) & Q(ends_on__lte=LAST_DAY),
                name="notice_within_calendar",
                violation_error_message=WHICH_DAYS,
            ),
            models.CheckConstraint(condition=~Q(words=""), name="notice_says_something"),
        ]

    def __str__(self) -> str:
        return self.words
