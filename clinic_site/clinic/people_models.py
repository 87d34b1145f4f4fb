"""The people who treat patients, where and when they do; and what a visit costs."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.days import FIRST_WORKING_DAY, LAST_DAY, WHICH_WORKING_DAYS

SLUG = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", "Write small letters, digits and single hyphens: anna-lee"
)
LONGEST_SLUG = 60
LONGEST_LINE = 200  # characters of one kind of training, of a language, of an address
LONGEST_VISIT = 1_440  # minutes: a day
HIGHEST_PRICE = 99_999


def has_come(day: date) -> None:
    """ValidationError for a day that is still to come, or that no calendar of a clinic names."""
    if day < FIRST_WORKING_DAY or day > LAST_DAY:
        raise ValidationError(WHICH_WORKING_DAYS)
    if day > timezone.localdate():
        raise ValidationError("This day is still to come: leave it out until then.")


class Practitioner(models.Model):
    """A person who treats patients here, with what shows that they may needle."""

    clinic = models.ForeignKey(
        "clinic.Clinic", on_delete=models.CASCADE, related_name="practitioners"
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    slug = models.CharField(
        "end of the address", max_length=LONGEST_SLUG, blank=True, validators=[SLUG]
    )
    title = models.CharField(max_length=120, help_text="The reserved title: Physiotherapist.")
    registration_url = models.URLField(help_text="Their entry in the regulator's register.")
    needling_authorised_on = models.DateField(null=True, blank=True, validators=[has_come])
    holds_gunn_ims = models.BooleanField("holds Gunn IMS", default=False)
    training = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    areas = models.JSONField("areas of interest", default=list, blank=True)
    photo = models.CharField(max_length=20, blank=True)
    about = models.TextField(blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="signs in as",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Enquiries that ask for this person are assigned to this account.",
    )

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=~Q(slug=""),
                name="practitioner_has_an_address",
                violation_error_message="Somebody else has this address already: write another.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def area_names(self) -> list[tuple[str, str]]:
        """(slug, words) of the areas of interest, in the order of the body."""
        return [(area, words) for area, words in BODY_AREAS.items() if area in self.areas]


class Attendance(models.Model):
    """That somebody sees patients at a place, and on which weekdays (0 is Monday; none: by arrangement)."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="attendances"
    )
    location = models.ForeignKey(
        "clinic.Location", on_delete=models.CASCADE, related_name="attendances"
    )
    weekdays = models.JSONField("days", default=list, blank=True)

    class Meta:
        ordering = ["location__position", "pk"]
        verbose_name, verbose_name_plural = "place and days", "places and days"
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "location"],
                name="attendance_told_once",
                violation_error_message="This place stands here twice: keep one of the two.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.location}"


class Price(models.Model):
    """What one kind of visit costs, in Canadian dollars; the table is shown once it has a row."""

    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.CASCADE, related_name="prices")
    position = models.PositiveSmallIntegerField(default=0)
    visit = models.CharField(max_length=120, help_text="As patients read it: First visit.")
    minutes = models.PositiveSmallIntegerField(
        "length in minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_VISIT)],
    )
    amount = models.DecimalField(
        "price in dollars",
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(HIGHEST_PRICE)],
    )
    included = models.CharField("what is included", max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                name="price_told_once",
                violation_error_message="This visit has a price already: change that one instead.",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_is_no_debt"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1), name="price_lasts_a_while"
            ),
        ]

    def __str__(self) -> str:
        return self.visit

    @property
    def dollars(self) -> str:
        """ "$120", "$95.50"."""
        whole = self.amount == self.amount.to_integral_value()
        return f"${self.amount:,.0f}" if whole else f"${self.amount:,.2f}"
