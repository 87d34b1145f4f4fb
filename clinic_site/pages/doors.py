"""The doors to pages, notices, pictures, people and the sign-off on the staff's first page.

Pictures and the clinic are in lower rooms, which the staff's room doesn't know and which don't know it.
"""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.models import Closure, Location, Notice, Practitioner
from clinic_site.images.models import Image
from clinic_site.pages.actions.review_state import CHANGED, NEVER, OVERDUE, standings
from clinic_site.pages.models import Page, Revision
from clinic_site.staff.doors import Door, register

SOON = 6  # days ahead that are told by the name of the weekday


@register(place=2)
def doors(user: User) -> Iterator[Door]:
    """Those that this user may open, eleven queries at most."""
    if user.has_perm("pages.change_page"):
        yield _pages()
    if user.has_perm("clinic.change_closure"):
        yield _notices()
    if user.has_perm("images.view_image"):
        yield _pictures()
    if user.has_perm("clinic.view_practitioner"):
        yield _people()
    if user.has_perm("pages.add_signoff"):
        yield _sign_off()


def day_in_words(day: date, today: date) -> str:
    """ "today", "tomorrow", "on Monday", "on 24 December"."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    return f"on {day:%A}" if 0 < ahead <= SOON else f"on {day.day} {day:%B}"


def counted(count: int, one: str, many: str) -> str:
    """ "1 person", "3 people"."""
    return f"{count} {one if count == 1 else many}"


def _pages() -> Door:
    drafts = Revision.objects.waiting().count()
    scheduled = list(Revision.objects.scheduled().values_list("publish_at", flat=True))
    said = [counted(drafts, "draft waits", "drafts wait")] if drafts else []
    if scheduled:
        when = day_in_words(timezone.localdate(scheduled[0]), timezone.localdate())
        goes = counted(len(scheduled), "goes live", "go live, the next one")
        said.append(f"{goes} {when}")
    whole = f"{Page.objects.published().count()} are live, no draft waits"
    return Door(
        "Change a page",
        reverse("admin:pages_page_changelist"),
        ", ".join(said) or whole,
        sign="pen",
        leads_to=["pages.page"],
        count=drafts,
    )


def _notices() -> Door:
    today = timezone.localdate()
    up = Notice.objects.filter(starts_on__lte=today, ends_on__gte=today).count()
    said = [counted(up, "notice is up", "notices are up")] if up else []
    closed = Closure.objects.filter(ends_on__gte=today).order_by("starts_on").first()
    if closed:
        day = max(closed.starts_on, today)
        said.append(f"closed {day_in_words(day, today)}: {closed.reason}")
    words = ", ".join(said) or "nothing is up, no closed day is set"
    return Door(
        "Put up a notice or closure",
        reverse("admin:clinic_notice_changelist"),
        words[:1].upper() + words[1:],
        sign="notice",
        leads_to=["clinic.closure", "clinic.notice"],
    )


def _pictures() -> Door:
    count = Image.objects.count()
    return Door(
        "Pictures",
        reverse("admin:images_image_changelist"),
        f"{count} in the library" if count else "None yet: add the first",
        sign="picture",
        leads_to=["images.image"],
    )


def _people() -> Door:
    people = counted(Practitioner.objects.count(), "person", "people")
    places = counted(Location.objects.count(), "place", "places")
    return Door(
        "People and places",
        reverse("admin:app_list", args=["clinic"]),
        f"{people}, {places}",
        sign="people",
        leads_to=["clinic.practitioner", "clinic.location", "clinic.clinic", "clinic.price"],
    )


def _sign_off() -> Door:
    found = standings()
    states = [one.state for one in found]
    told = (
        (OVERDUE, "whose review is overdue"),
        (CHANGED, "changed since they were signed"),
        (NEVER, "that nobody has signed yet"),
    )
    said = [f"{states.count(state)} {words}" for state, words in told if state in states]
    if len(said) == 1:
        said = [words for state, words in told if state in states]  # the count stands beside it
    return Door(
        "Sign pages off",
        reverse("admin:pages_signoff_changelist"),
        ", ".join(said) or "Everything is signed",
        sign="tick",
        leads_to=["pages.signoff"],
        count=sum(one.needs_reading for one in found),
        is_urgent=OVERDUE in states,
    )
