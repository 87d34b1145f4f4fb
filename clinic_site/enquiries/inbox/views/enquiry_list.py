"""The list: tabs, cards, its fragment for the page that stays open, search, and ending many at once."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Manager
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST

from clinic_site.clinic.models import Location, Practitioner
from clinic_site.enquiries.inbox import inbox_list
from clinic_site.enquiries.inbox.search import found
from clinic_site.enquiries.inbox.views.admin_page import inbox_page, member, to_list
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.staff_actions import handle
from clinic_site.typed_text import cut_typed, number_in

FRAGMENT = "admin/enquiries/enquiry/_list.html"
MOST_FOUND = 50
MOST_TICKED = 1000


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The inbox."""
    return inbox_page(request, "change_list", title="Enquiries", **_list(request))


@require_GET
def fragment(request: HttpRequest) -> HttpResponse:
    """The list alone, for the page that keeps itself up to date; 304 while nothing changed."""
    response = render(request, FRAGMENT, _list(request))
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """What was looked for comes in the body of the request, so that no address holds a patient's name."""
    wanted = cut_typed(request.POST.get("q", ""), longest=100)
    matches = found(wanted)
    now = timezone.now()
    return inbox_page(
        request,
        "search",
        title="Search",
        wanted=wanted,
        cards=inbox_list.cards(matches[:MOST_FOUND], by=member(request), at=now),
        has_more=matches.count() > MOST_FOUND,
    )


@require_POST
def end_suspects(request: HttpRequest) -> HttpResponse:
    """Mark everything that was flagged on arrival, as far as it was on the page, as spam."""
    seen = chosen_in(request).suspected()
    count = handle.end_all(enquiries=seen, status=Enquiry.Status.SPAM, by=member(request))
    messages.success(request, f"{count} marked as spam. Deleted for good after the time for spam.")
    return to_list()


@require_POST
def end_forgotten(request: HttpRequest) -> HttpResponse:
    """Close those that would close by themselves soon, as far as they were on the page."""
    seen = chosen_in(request).closing_soon()
    count = handle.end_all(enquiries=seen, status=Enquiry.Status.CLOSED, by=member(request))
    messages.success(request, f"{count} closed.")
    return to_list()


@require_POST
def end_untouched(request: HttpRequest) -> HttpResponse:
    """Close those of a tab that nobody has changed for a month."""
    old = inbox_list.untouched(request.POST.get("status", ""), timezone.now())
    count = handle.end_all(enquiries=old, status=Enquiry.Status.CLOSED, by=member(request))
    messages.success(request, f"{count} closed.")
    return to_list()


def _list(request: HttpRequest) -> dict[str, Any]:
    now, user = timezone.now(), member(request)
    key = request.GET.get("status", "new")
    key = key if key in (*inbox_list.TABS, "forgotten") else "new"
    narrowed = _narrowed(request)
    chosen = inbox_list.chosen(key, narrowed=narrowed)
    page = Paginator(chosen, inbox_list.PAGE_SIZE).get_page(request.GET.get("p"))
    end = page.number * inbox_list.PAGE_SIZE
    every = inbox_list.cards(chosen[end - inbox_list.PAGE_SIZE : end], by=user, at=now)
    suspects = [card for card in every if card.enquiry.is_suspect] if key == "new" else []
    suspects = [card for card in suspects if not card.enquiry.urgency]
    read_now = [card for card in every if card.enquiry.urgency]
    shown = [card for card in every if card not in suspects + read_now]
    return {
        "key": key,
        **_narrowing(narrowed),
        "tabs": inbox_list.tabs(narrowed=narrowed),
        "read_now": read_now,
        "overdue": [card for card in shown if card.is_overdue],
        "cards": [card for card in shown if not card.is_overdue],
        "suspects": suspects,
        "page": page,
        "follow_up": _to_follow_up(request, key, page.number, now),
        "untouched": inbox_list.untouched(key, now).count(),
        "news": inbox_list.summary(now),
        "forgotten": Enquiry.objects.closing_soon().count(),
    }


def _narrowed(request: HttpRequest) -> inbox_list.Narrowed:
    person, place = (cut_typed(request.GET.get(name, ""), longest=120) for name in ("with", "at"))
    mine = member(request) if request.GET.get("mine") == "1" else None
    return inbox_list.Narrowed(mine, person, place)


def _narrowing(narrowed: inbox_list.Narrowed) -> dict[str, Any]:
    return {
        "mine": bool(narrowed.mine),
        "narrowed": narrowed,
        "narrowed_to": _as_query(narrowed),
        "people": _several(Practitioner.objects, narrowed.person),
        "places": _several(Location.objects, narrowed.place),
    }


def _as_query(narrowed: inbox_list.Narrowed) -> str:
    """Person and place as links carry them on."""
    told = {"with": narrowed.person, "at": narrowed.place}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"&{query}" if query else ""


def _several(rows: Manager[Any], chosen: str) -> list[str]:
    """Their names, where there is a choice or one is made."""
    names = list(dict.fromkeys(rows.values_list("name", flat=True)))
    found = [*names, *([chosen] if chosen and chosen not in names else [])]
    return found if len(found) > 1 or chosen else []


def _to_follow_up(request: HttpRequest, key: str, page: int, now: Any) -> list[inbox_list.Card]:
    """Stand above the first page of the inbox, whatever their status, until somebody sees to them."""
    if key != "new" or page > 1:
        return []
    due = Enquiry.objects.to_follow_up(timezone.localdate(now)).order_by("follow_up_on", "pk")
    return inbox_list.cards(due[: inbox_list.PAGE_SIZE], by=member(request), at=now)


def chosen_in(request: HttpRequest) -> EnquiryQuerySet:
    """The enquiries whose boxes were ticked."""
    ticked = request.POST.getlist("enquiry")[:MOST_TICKED]
    chosen: EnquiryQuerySet = Enquiry.objects.filter(pk__in=map(number_in, ticked))
    return chosen
