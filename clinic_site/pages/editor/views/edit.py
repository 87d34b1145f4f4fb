"""The editor over HTTP: open a page's words, keep them, and settle it when two people wrote."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from clinic_site.pages.actions.publish import PageChanged
from clinic_site.pages.actions.review_state import is_signed
from clinic_site.pages.checks.publishing import NotFit, may_override
from clinic_site.pages.checks.wordings import for_editor
from clinic_site.pages.diff.field_diff import choices, take
from clinic_site.pages.editor.page_form import DRAFT, PUBLISH, SCHEDULE, WordsForm, form_for
from clinic_site.pages.editor.save import Seen, is_already_so, opening_revision, save_words
from clinic_site.pages.editor.views.admin_page import admin_page, person, record, to
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.warning_cards import all_cards
from clinic_site.typed_text import number_in

MERGE = "merge"
FOLDED = ("menu_title", "description", "health")
ACTIONS = (DRAFT, PUBLISH, SCHEDULE)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a page; a POST saves a draft unless a button said otherwise."""
    page = get_object_or_404(Page, pk=pk)
    if request.method != "POST":
        revision = opening_revision(page, number_in(request.GET.get("from")))
        return show(request, page, form_for(page, revision), revision)
    if request.POST.get("action") == MERGE:
        return _merge(request, page)
    form = posted_form(request, page)
    if not form.is_valid():
        return show(request, page, form, _start(request, page), status=422)
    return _keep(request, page, form)


def posted_form(request: HttpRequest, page: Page) -> WordsForm:
    """The form with what was sent; an unknown action counts as saving a draft."""
    asked = request.POST.get("action", DRAFT)
    start = _start(request, page)
    return WordsForm(
        request.POST,
        page=page,
        words=start.words() if start else None,
        action=asked if asked in ACTIONS else DRAFT,
    )


def show(
    request: HttpRequest,
    page: Page,
    form: WordsForm,
    revision: Revision | None,
    *,
    status: int = 200,
    is_unsaved: bool = False,
    refusal: NotFit | None = None,
) -> HttpResponse:
    """The editor with its form."""
    in_force = page.revisions.past().first()
    return admin_page(
        request,
        "change",
        title=revision.title if revision else str(page),
        status=status,
        page=page,
        form=form,
        revision=revision,
        in_force=in_force,
        scheduled=page.revisions.scheduled(),
        layout=LAYOUTS.get(page.layout),
        is_unsaved=is_unsaved or refusal is not None,
        is_heads_open=_has_folded_errors(form),
        **_refused(refusal, form, person(request)),
        cards=[(name, card.title) for name, card in sorted(all_cards().items())],
        ends_sign_off=is_signed(page),
        now=timezone.localtime(),
    )


def _keep(request: HttpRequest, page: Page, form: WordsForm) -> HttpResponse:
    cleaned, words = form.cleaned_data, form.words()
    if is_already_so(page=page, words=words, action=form.action):
        messages.info(request, "Nothing had changed, so nothing was saved.")
        return to("change", page)
    try:
        revision = save_words(
            page=page,
            words=words,
            action=form.action,
            seen=Seen(cleaned["version"], cleaned["in_force"]),
            by=person(request),
            note=cleaned["note"],
            publish_at=cleaned["publish_at"],
            cancel_scheduled=cleaned["cancel_scheduled"],
            reason=cleaned["reason"],
        )
    except NotFit as refusal:
        return show(request, page, form, _start(request, page), status=422, refusal=refusal)
    except PageChanged as changed:
        return _two_versions(request, changed.page, form)
    record(request, page, _what_happened(revision, form.action))
    return to("change", page)


def _two_versions(request: HttpRequest, page: Page, form: WordsForm) -> HttpResponse:
    """Somebody else was faster: both versions side by side, nothing saved and nothing lost."""
    theirs, in_force = opening_revision(page), page.revisions.past().first()
    base, mine = form.words_before, form.words()
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "action", "version", "in_force")
    ]
    return admin_page(
        request,
        "two_versions",
        title="Somebody else changed this page",
        status=409,
        page=page,
        theirs=theirs,
        choices=choices(base=base, theirs=theirs.words() if theirs else {}, mine=mine),
        sent=sent,
        seen={"version": page.version, "in_force": in_force.pk if in_force else ""},
    )


def _merge(request: HttpRequest, page: Page) -> HttpResponse:
    """The form again, with what was taken of each version; it is saved only from there."""
    form = posted_form(request, page)
    form.is_valid()
    theirs = get_object_or_404(page.revisions, pk=number_in(request.POST.get("theirs")))
    taken = {
        name.removeprefix("take-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("take-")
    }
    words = take(base=form.words_before, theirs=theirs.words(), mine=form.words(), taken=taken)
    kept: dict[str, Any] = {
        name: request.POST.get(name, "") for name in ("note", "version", "in_force")
    }
    merged = WordsForm(page=page, words=words, initial=kept | {"started_from": theirs.pk})
    messages.info(request, "Both versions are put together below. Read it through, then save.")
    return show(request, page, merged, theirs, is_unsaved=True)


def _refused(refusal: NotFit | None, form: WordsForm, by: User) -> dict[str, Any]:
    """What keeps the words from going live, each with the wording that would pass, and whether `by` may let it."""
    faults = for_editor(refusal.faults, form.words()) if refusal else []
    return {"refusal": refusal, "faults": faults, "may_override": may_override(by)}


def _has_folded_errors(form: WordsForm) -> bool:
    """Whether a field of the folded heads has an error, so that its fold stands open."""
    return any(name in form.errors for name in FOLDED) or any(one.errors for one in form.details)


def _start(request: HttpRequest, page: Page) -> Revision | None:
    """The revision that the form was opened with."""
    return page.revisions.filter(pk=number_in(request.POST.get("started_from"))).first()


def _what_happened(revision: Revision, action: str) -> str:
    if action == PUBLISH:
        return f"Published “{revision.title}”. Patients read it now."
    if action == SCHEDULE and revision.publish_at:
        moment = timezone.localtime(revision.publish_at)
        return f"Scheduled “{revision.title}” for {moment:%-d %B %Y, %H:%M}."
    return f"Saved a draft of “{revision.title}”. Patients do not see it yet."
