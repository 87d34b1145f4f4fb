"""The clinic in the database: one row for the clinic; its locations, hours, closures and people."""

from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinic_site.clinic.days import FIRST_DAY, LAST_DAY, WHICH_DAYS
from clinic_site.clinic.hours_text import WEEKDAYS, in_a_row
from clinic_site.clinic.notices.models import Notice
from clinic_site.clinic.people_models import (
    LONGEST_SLUG,
    SLUG,
    Attendance,
    Practitioner,
    Price,
)
from clinic_site.clinic.phone_numbers import phone_link
from clinic_site.clinic.sample import is_sample

__all__ = [
    "Attendance",
    "Clinic",
    "Closure",
    "Hours",
    "Location",
    "Notice",
    "Practitioner",
    "Price",
    "Weekday",
]
COUNTRIES = {"CA": "Canada", "US": "United States"}


class Clinic(models.Model):
    """The one clinic of this site."""

    name = models.CharField(max_length=120)
    phone = models.CharField(
        max_length=30, help_text="As patients read it: 604-555-0123, or 604-555-0123 ext. 5."
    )
    email = models.EmailField()
    pictures = models.JSONField(
        default=dict, blank=True, help_text="By what they show, as image:12."
    )
    people_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "clinic"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="clinic_is_one")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sample(self) -> bool:
        """Whether this is still the clinic that comes with the code, or one that nobody can call."""
        return is_sample(name=self.name, phone=self.phone)

    def upcoming(self) -> list["Closure"]:
        """The closures that are not over yet, the next one first."""
        today = timezone.localdate()
        return [closure for closure in self.closures.all() if closure.ends_on >= today]

    @property
    def phone_link(self) -> str:
        """ "tel:+16045550123;ext=5"; "" for a number that cannot be dialled, which is text only."""
        return phone_link(self.phone)


class Location(models.Model):
    """A place where the clinic sees patients."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="locations")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    city = models.CharField(max_length=100)
    province = models.CharField(max_length=40, default="BC")
    postal_code = models.CharField(max_length=12)
    country = models.CharField(max_length=2, default="CA", help_text="Two letters: CA.")
    slug = models.CharField(
        "end of the address", max_length=LONGEST_SLUG, blank=True, validators=[SLUG]
    )
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    directions = models.TextField(blank=True)
    parking = models.TextField(blank=True)
    step_free = models.TextField("step-free access", blank=True)
    languages = models.JSONField("languages at the desk", default=list, blank=True)
    sketch = models.CharField("sketch of the way", max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="How to find it: parking, stairs, the lift.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=~Q(slug=""),
                name="location_has_an_address",
                violation_error_message="Another place has this address already: write another.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                name="location_has_its_own_name",
                violation_error_message="Another place has this name already: write what tells them apart.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_link(self) -> str:
        """ "tel:+16045550123" of its own number; "" where it has none, or one that cannot be dialled."""
        return phone_link(self.phone)

    @property
    def country_name(self) -> str:
        """As patients read it; the two letters of a country that has no name here."""
        return COUNTRIES.get(self.country, self.country)

    @property
    def address(self) -> str:
        """On one line, as maps are asked for it."""
        return f"{self.street}, {self.city}, {self.province} {self.postal_code}"

    @property
    def is_placed(self) -> bool:
        """Whether its point on the map is known."""
        return self.latitude is not None and self.longitude is not None

    def week(self) -> list["Weekday"]:
        """The seven days from Monday with their opening hours; one query."""
        spans = list(self.hours.all())
        return [
            Weekday(name.capitalize(), [span for span in spans if span.weekday == number])
            for number, name in enumerate(WEEKDAYS)
        ]

    def week_in_short(self) -> list["Weekday"]:
        """The week with days in a row that have the same hours as one: "Monday to Thursday"; one query."""
        rows = (list(days) for _, days in groupby(self.week(), key=Weekday.times))
        return [Weekday(in_a_row([day.name for day in days]), days[0].spans) for days in rows]


@dataclass(frozen=True)
class Weekday:
    """A day of the week and when a location is open on it."""

    name: str
    spans: "list[Hours]"

    def times(self) -> list[tuple[time, time]]:
        """When it opens and closes, as two days are compared."""
        return [(span.opens, span.closes) for span in self.spans]


class Hours(models.Model):
    """One stretch of opening hours on a weekday (0 is Monday); a lunch break makes two."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(
        choices=[(number, name.capitalize()) for number, name in enumerate(WEEKDAYS)]
    )
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="hours_end_after_start",
                violation_error_message="It closes before it opens: put the times right.",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday_is_0_to_6"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Closure(models.Model):
    """Whole days, both ends included, on which the clinic, or one place of it, is closed."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="closures")
    location = models.ForeignKey(
        Location,
        verbose_name="place",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text="Empty: the whole clinic.",
    )
    starts_on = models.DateField("from", validators=[MinValueValidator(FIRST_DAY, WHICH_DAYS)])
    ends_on = models.DateField(
        "to",
        help_text="The last day closed.",
        validators=[MaxValueValidator(LAST_DAY, WHICH_DAYS)],
    )
    reason = models.CharField(max_length=120, help_text="As patients read it: Winter holidays.")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="closure_ends_after_start",
                violation_error_message="The last day is before the first: put the dates right.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=FIRST_DAY) & Q(ends_on__lte=LAST_DAY),
                name="closure_within_calendar",
                violation_error_message=WHICH_DAYS,
            ),
            models.UniqueConstraint(
                fields=["starts_on", "ends_on"],
                condition=Q(location__isnull=True),
                name="closure_told_once",
                violation_error_message="There is a closure on these very days already: change that one instead.",
            ),
            models.UniqueConstraint(
                fields=["location", "starts_on", "ends_on"],
                name="closure_of_a_place_told_once",
                violation_error_message="This place is closed on these very days already: change that one instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}, {self.starts_on} to {self.ends_on}"

    @property
    def is_single(self) -> bool:
        """Whether it is one day only."""
        return self.starts_on == self.ends_on
