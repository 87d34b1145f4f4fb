"""Pages and staff for the tests of the editor, and what a browser would send from its form."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic_site.pages.actions.publish import create_page, publish
from clinic_site.pages.actions.review_state import live_revisions
from clinic_site.pages.actions.sign_off import Answer, items_of, sign_off
from clinic_site.pages.models import Page, Revision
from clinic_site.pages.rendering.page_view import read_page

WORDS: dict[str, Any] = {
    "title": "After-care",
    "menu_title": "",
    "summary": "Rest a little.",
    "description": "What to do after needling.",
    "body": "Rest.\n\n## Drink\n\nDrink water.\n",
    "details": {},
    "health": True,
}


def staff(name: str) -> User:
    """Somebody who may do everything."""
    return User.objects.create_superuser(name, f"{name}@example.com", "a long password here")


def named(user: User, name: str) -> User:
    """The same account with a name, as an owner writes it: somebody who may sign with it."""
    user.first_name, _, user.last_name = name.rpartition(" ")
    user.save()
    return user


def confirmed(*revisions: Revision) -> list[Answer]:
    """The answers of a reviewer who confirms all that these words ask about."""
    return [Answer(item) for item in items_of(revisions)]


def live_page(path: str = "aftercare", layout: str = "article", **words: Any) -> Page:
    """A page that is live with these words."""
    page = create_page(path=path, layout=layout, by=None)
    publish(page=page, words={**WORDS, **words}, by=None)
    return page


def sign(*revisions: Revision, by: User, name: str) -> None:
    """Somebody confirms all that these words of one page ask about."""
    sign_off(
        page=revisions[0].page,
        revisions=revisions,
        answers=confirmed(*revisions),
        by=by,
        reviewer_name=name,
    )


def sign_welcome_cards() -> None:
    """Somebody who reads all the languages confirms each card of welcome."""
    reader = named(staff("rita"), "Rita Sample")
    for card in Page.objects.filter(layout="welcome"):
        sign(*live_revisions(card), by=reader, name="Rita Sample")
    reader.is_active = False  # nobody else of the staff's tests is to meet her
    reader.save()


def sign_page(path: str, name: str) -> None:
    """Somebody new signs a live page and its warning cards with that name."""
    reading = read_page(path)
    assert reading is not None
    reviewer = named(User.objects.create_user("reviewer"), name.partition(",")[0])
    for read in (reading.revision, *(reading.cards or {}).values()):
        sign(read, by=reviewer, name=name)


def form_data(page: Page, **changes: Any) -> dict[str, Any]:
    """What the form of a page sends, as it was opened just now, with changes."""
    page.refresh_from_db()
    newest: Revision = page.revisions.first()
    in_force = page.revisions.past().first()
    words = newest.words()
    data = {name: words[name] for name in ("title", "menu_title", "summary", "description")}
    data |= {"body": words["body"].replace("\n", "\r\n"), "note": "", "publish_at": ""}
    if words["health"]:
        data["health"] = "on"
    data |= {
        "version": page.version,
        "started_from": newest.pk,
        "in_force": in_force.pk if in_force else "",
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


def url(name: str, page: Page) -> str:
    """An address of the editor."""
    return reverse(f"admin:pages_page_{name}", args=[page.pk])


def save(client: Client, page: Page, **changes: Any) -> Any:
    """Send the form; the answer."""
    return client.post(url("change", page), form_data(page, **changes))
