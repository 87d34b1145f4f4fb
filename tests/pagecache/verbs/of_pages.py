"""What is done to pages: by their verbs, and through the forms of the editor that add something to them."""

from datetime import timedelta

from django.utils import timezone

from clinic_site.pages.actions.bulk_create import new_page, publish_new
from clinic_site.pages.actions.move import move
from clinic_site.pages.actions.publish import (
    arrange,
    publish,
    restore,
    save_draft,
    schedule,
    withdraw,
)
from clinic_site.pages.actions.review_state import live_revisions
from clinic_site.pages.actions.sign_off import sign_off
from clinic_site.pages.models import Page
from tests.pagecache.verbs.small_site import Shown, SmallSite, Steps, has, lacks, verb
from tests.pages.writing import form_data, named, url

HOUR, LATER = timedelta(hours=1), timedelta(hours=2)
NEW = {"title": "New", "body": "New words."}


@verb
def publishing(site: SmallSite) -> Steps:
    page = site.page("publishing")
    yield ["/publishing/"]
    publish(page=page, words=NEW, by=site.user)
    yield [Shown("/publishing/", has("New words."))]


@verb
def publishing_with_another_menu_title(site: SmallSite) -> Steps:
    page = site.page("menu")
    yield ["/safety/"]
    publish(page=page, words=NEW | {"menu_title": "Called otherwise"}, by=site.user)
    yield [Shown("/safety/", has("Called otherwise"))]


@verb
def saving_for_later(site: SmallSite) -> Steps:
    page = site.page("saving")
    yield ["/saving/"]
    save_draft(page=page, words=NEW, by=site.user, publish_at=timezone.now() + HOUR)
    yield [Shown("/saving/", has("New words."), LATER)]


@verb
def scheduling(site: SmallSite) -> Steps:
    page = site.page("scheduling")
    draft = save_draft(page=page, words=NEW, by=site.user)
    yield ["/scheduling/"]
    schedule(revision=draft, publish_at=timezone.now() + HOUR, by=site.user)
    yield [Shown("/scheduling/", has("New words."), LATER)]


@verb
def cancelling_a_schedule(site: SmallSite) -> Steps:
    page = site.page("cancelling")
    at = timezone.now() + HOUR
    waiting = save_draft(page=page, words=NEW, by=site.user, publish_at=at)
    yield ["/cancelling/"]
    schedule(revision=waiting, publish_at=None, by=site.user)
    yield [Shown("/cancelling/", lacks("New words."), LATER)]


@verb
def withdrawing(site: SmallSite) -> Steps:
    page = site.page("withdrawing")
    yield ["/withdrawing/"]
    withdraw(page=page, by=site.user)
    yield [Shown("/withdrawing/", None)]


@verb
def restoring(site: SmallSite) -> Steps:
    page = site.page("restoring")
    first = page.revisions.get()
    publish(page=page, words=NEW, by=site.user)
    yield ["/restoring/"]
    restore(revision=first, by=site.user)
    yield [Shown("/restoring/", has("Old words."))]


@verb
def arranging(site: SmallSite) -> Steps:
    page = site.page("arranging", body="## One\n\nWords.\n\n## Two\n\nWords.\n")
    yield ["/arranging/"]
    before = site.client.get("/arranging/").content
    arrange(page=page, layout="checklist", position=3, by=site.user)
    yield [Shown("/arranging/", lambda body: body != before)]


@verb
def moving(site: SmallSite) -> Steps:
    page = site.page("moving")
    yield ["/moving/"]
    move(page=page, to="moved", by=site.user)
    yield [Shown("/moved/", has("Old words.")), Shown("/moving/", None)]


@verb
def moving_with_what_is_below(site: SmallSite) -> Steps:
    page = site.page("folder")
    site.page("folder/below")
    yield ["/folder/", "/folder/below/"]
    move(page=page, to="drawer", by=site.user)
    yield [Shown("/drawer/below/", has("Old words.")), Shown("/folder/below/", None)]


@verb
def making_many(site: SmallSite) -> Steps:
    pages = [
        new_page(
            path=path,
            layout="article",
            position=0,
            source_path="",
            words=NEW,
            publish_at=timezone.now() + after,
            by=None,
            note="",
        )
        for path, after in (("many", -HOUR), ("many-later", HOUR))
    ]
    yield ["/safety/"]
    publish_new(revisions=pages)
    yield [
        Shown("/many/", has("New words.")),
        Shown("/safety/", has("/many/")),
        Shown("/many-later/", has("New words."), LATER),
    ]


@verb
def signing_off(site: SmallSite) -> Steps:
    page = site.page("signing", health=True)
    yield ["/signing/"]
    name = "Rita Sample, PT"
    sign_off(
        page=page,
        revisions=live_revisions(page),
        by=named(site.user, "Rita Sample"),
        reviewer_name=name,
    )
    yield [Shown("/signing/", has(name))]


@verb
def saving_in_the_editor(site: SmallSite) -> Steps:
    page = site.page("editor")
    yield ["/editor/"]
    said = form_data(page, body="New words.", action="publish")
    site.post(url("change", page), said)
    yield [Shown("/editor/", has("New words."))]


@verb
def giving_an_address_in_the_editor(site: SmallSite) -> Steps:
    page = site.page("placing")
    yield ["/placing/"]
    page.refresh_from_db()
    said = {"path": "placed", "position": "7", "version": page.version}
    site.post(url("address", page), said)
    yield [Shown("/placed/", has("Old words.")), Shown("/placing/", None)]


@verb
def restoring_in_the_history(site: SmallSite) -> Steps:
    page = site.page("history")
    first = page.revisions.get()
    publish(page=page, words=NEW, by=site.user)
    yield ["/history/"]
    version = Page.objects.get(pk=page.pk).version
    site.post(url("restore", page), {"revision": first.pk, "version": version})
    yield [Shown("/history/", has("Old words."))]


@verb
def withdrawing_in_the_editor(site: SmallSite) -> Steps:
    page = site.page("taken-down")
    yield ["/taken-down/"]
    version = Page.objects.get(pk=page.pk).version
    site.post(url("withdraw", page), {"note": "", "version": version})
    yield [Shown("/taken-down/", None)]
