"""The history of a page: every revision, what changed between any two, and the way back."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from clinic_site.pages.actions.publish import PageChanged, restore, schedule, withdraw
from clinic_site.pages.checks.publishing import publishing_faults
from clinic_site.pages.diff.field_diff import changes
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.models import Page, Revision
from clinic_site.typed_text import cut_typed, number_in

ON_A_PAGE = 200
NEEDED = ("home", "enquiry", "clinic")  # layouts of pages that others lean on
HEAVY = ("body", "summary", "description", "details")


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The revisions of a page, the newest first; 200 to a page, in a fixed number of queries."""
    page = get_object_or_404(Page, pk=pk)
    people = ("created_by", "claim_override__made_by")
    revisions = page.revisions.select_related(*people).defer(*HEAVY)
    shown = Paginator(revisions, ON_A_PAGE).get_page(request.GET.get("page"))
    return admin_page(
        request,
        "history",
        title=f"History of “{page.name()}”",
        page=page,
        revisions=shown,
        may_change=request.user.has_perm("pages.change_page"),
        in_force=page.revisions.past().only("pk", "is_withdrawn").first(),
        now=timezone.now(),
    )


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one revision to another, word by word."""
    page = get_object_or_404(Page, pk=pk)
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    numbers = sorted(filter(None, map(number_in, asked)))
    pair = page.revisions.select_related("created_by").filter(pk__in=numbers).order_by("pk")
    old = get_object_or_404(pair, pk=numbers[0] if numbers else 0)
    new = pair.last() or old
    return admin_page(
        request,
        "compare",
        title="What changed",
        page=page,
        old=old,
        new=new,
        changes=changes(old.words(), new.words()),
        in_force=page.revisions.past().only("pk").first(),
    )


def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """An old revision beside what it would replace; a POST from there puts its words live, as a new one."""
    page = get_object_or_404(Page, pk=pk)
    revision = _asked(request, page)
    if request.method != "POST":
        return _ask_first(request, page, revision)
    if faults := publishing_faults(page, revision.words()):
        return admin_page(
            request,
            "not_fit",
            title="These words may not go live as they are",
            status=409,
            page=page,
            revision=revision,
            faults=faults,
        )
    try:
        seen = _seen_version(request)
        new = restore(revision=revision, by=person(request), expected_version=seen)
    except PageChanged as changed:
        return _ask_first(request, changed.page, revision, has_changed=True)
    record(request, page, f"Restored “{new.title}” from revision {revision.pk}. It is live now.")
    return to("history", page)


@require_POST
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """A scheduled revision is a draft again."""
    page = get_object_or_404(Page, pk=pk)
    revision = _asked(request, page)
    try:
        schedule(revision=revision, publish_at=None, by=person(request))
    except ValueError as error:
        return admin_page(
            request, "sorry", title="Too late to cancel", page=page, sentence=error, status=409
        )
    record(request, page, f"Cancelled the schedule of “{revision.title}”. It is kept as a draft.")
    return to("history", page)


def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; then the page leaves the site, its words stay in the history."""
    page = get_object_or_404(Page.objects.published(), pk=pk)
    if page.layout in NEEDED:
        sentence = "The site cannot do without this page. Change its words instead."
        title = f"“{page.name()}” stays"
        return admin_page(request, "sorry", title=title, page=page, sentence=sentence, status=409)
    if request.method != "POST":
        return _ask_to_take_down(request, page)
    note, seen = cut_typed(request.POST.get("note", ""), longest=300), _seen_version(request)
    try:
        withdraw(page=page, by=person(request), note=note, expected_version=seen)
    except PageChanged as changed:
        return _ask_to_take_down(request, changed.page, note=note, has_changed=True)
    record(request, page, f"Withdrew {page}. Patients no longer find it.")
    return to("history", page)


def scheduled(request: HttpRequest) -> HttpResponse:
    """Everything that will go live by itself, the next first."""
    revisions = Revision.objects.scheduled().select_related("page", "created_by").defer(*HEAVY)
    return admin_page(request, "scheduled", title="Scheduled", revisions=revisions)


def _ask_first(
    request: HttpRequest, page: Page, revision: Revision, *, has_changed: bool = False
) -> HttpResponse:
    in_force = page.revisions.select_related("created_by").past().first()
    return admin_page(
        request,
        "restore",
        title="Put the old words back?",
        status=409 if has_changed else 200,
        page=page,
        revision=revision,
        in_force=in_force,
        has_changed=has_changed,
        changes=changes(in_force.words() if in_force else {}, revision.words()),
        faults=publishing_faults(page, revision.words()),
    )


def _ask_to_take_down(
    request: HttpRequest, page: Page, *, note: str = "", has_changed: bool = False
) -> HttpResponse:
    return admin_page(
        request,
        "withdraw",
        title=f"Take “{page.name()}” off the site?",
        status=409 if has_changed else 200,
        page=page,
        note=note,
        has_changed=has_changed,
        below=Page.objects.published().under(page.path).count(),
    )


def _seen_version(request: HttpRequest) -> int:
    """The page's version as the question showed it; one that never was where none is sent."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else -1


def _asked(request: HttpRequest, page: Page) -> Revision:
    sent = request.POST if request.method == "POST" else request.GET
    return get_object_or_404(page.revisions, pk=number_in(sent.get("revision")))
