"""Broken links and anchors of this site keep a page from going live; what leads somewhere does not."""

from typing import Any

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import call_command
from django.test import Client

from clinic_site.pages.actions.publish import create_page, publish, withdraw
from clinic_site.pages.checks.live_pages import keep_checks, look_over
from clinic_site.pages.checks.publishing import publishing_faults
from clinic_site.pages.checks.style import advice_for, glossary_terms
from clinic_site.pages.models import ClaimOverride, Page, PageCheck
from tests.pages.writing import live_page, save, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(published: Any) -> Page:
    return create_page(path="news", layout="article", by=None)


def faults(page: Page, body: str, **words: Any) -> list[tuple[int, str]]:
    found = publishing_faults(page, {"title": "T", "body": body, **words})
    return [(fault.line, fault.message) for fault in found]


@pytest.mark.parametrize(
    "href",
    ["/faq/", "/faq/#cost", "/glossary/#ims", "/first-session/#after-the-session", "/book/", "/"]
    + ["#here", "/static/img/mark.svg", "https://example.ca/x", "tel:911", "mailto:a@example.ca"]
    + ["/conditions/#tennis-elbow", "/faq/cost/", "/safety/#main"],
)
def test_a_link_that_leads_somewhere_is_fine(site: Page, href: str) -> None:
    assert faults(site, f"[There]({href})\n\n## Here\n\nWords.\n") == []


@pytest.mark.parametrize(
    "href",
    ["/nowhere/", "/faq/#nothing", "#nothing", "/faq", "/static/img/none.svg", "/news/#x"],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(site: Page, href: str) -> None:
    assert [line for line, _ in faults(site, f"Words.\n\n[There]({href})\n")] == [3]


@pytest.mark.parametrize("href", ["/static/../../x", "/static/%2e%2e/%2e%2e/x"])
def test_a_link_out_of_the_static_files_is_told_while_publishing(
    client: Client, site: Page, href: str
) -> None:
    client.force_login(staff("anna"))
    publish(page=site, words={"title": "News", "body": "Words."}, by=None)
    answer = save(client, site, action="publish", body=f"[There]({href})")
    assert answer.status_code == 422
    assert f"“{href}” leads nowhere" in answer.content.decode()


def test_an_old_address_that_leads_on_is_fine(site: Page) -> None:
    Redirect.objects.create(site_id=1, old_path="/old/", new_path="/faq/")
    assert faults(site, "[There](/old/)") == []


def test_an_entry_may_point_beside_itself_on_its_index(site: Page) -> None:
    entry = Page.objects.get(path="faq/cost")
    assert faults(entry, "See [this](#referral) or [that](/faq/#cost).") == []


def test_a_page_that_was_withdrawn_is_nowhere(site: Page) -> None:
    withdraw(page=Page.objects.get(path="benefits"), by=None)
    assert len(faults(site, "[There](/benefits/)")) == 1


def test_shipped_pages_have_nothing_to_put_right(site: Page, capsys: Any) -> None:
    call_command("check_content")
    assert ": 0 to put right" in capsys.readouterr().out


def test_the_command_fails_for_a_claim_and_says_where(capsys: Any) -> None:
    live_page(body="Fine.\n\nA cure.\n")
    with pytest.raises(SystemExit) as stop:
        call_command("check_content")
    assert stop.value.code == 1
    assert "/aftercare/ Text, line 3: “cure”" in capsys.readouterr().out


def test_advice_does_not_fail_the_command(capsys: Any) -> None:
    live_page(body="It is done. [Click here](/aftercare/).")
    call_command("check_content", "--advice")
    assert "says nothing on its own" in capsys.readouterr().out


def test_a_claim_that_an_owner_let_pass_is_no_fault_any_more() -> None:
    page = live_page(body="A cure.")
    claims = [fault.message for fault in publishing_faults(page, page.revisions.first().words())]
    revision = page.revisions.first()
    assert keep_checks() == 1
    ClaimOverride.objects.create(
        revision=revision, reason="Quoted", claims=claims, made_by=staff("anna")
    )
    publish(page=create_page(path="x", layout="article", by=None), words={"title": "X"}, by=None)
    assert keep_checks() == 0


def test_checks_are_kept_and_not_done_again_until_something_changes(
    django_assert_num_queries: Any,
) -> None:
    page = live_page(body="A cure.")
    keep_checks()
    assert [len(check.faults) for check in PageCheck.objects.all()] == [1]
    with django_assert_num_queries(2):
        keep_checks()
    publish(page=page, words={"title": "Fine"}, by=None)
    keep_checks()
    assert [len(check.faults) for check in PageCheck.objects.all()] == [0]


def test_a_page_that_many_lead_to_is_looked_up_once(
    django_assert_max_num_queries: Any,
) -> None:
    live_page(body="[Here](/aftercare/)")
    for number in range(5):
        page = create_page(path=f"news-{number}", layout="article", by=None)
        publish(page=page, words={"title": "News", "body": "[There](/aftercare/)"}, by=None)
    with django_assert_max_num_queries(100) as asked:
        list(look_over())
    assert sum("\"path\" = 'aftercare'" in one["sql"] for one in asked.captured_queries) == 1


def test_jargon_is_explained_by_the_glossary(published: Any) -> None:
    terms = glossary_terms()
    words = {"body": "Myofascial pain and radiculopathy."}
    assert [a.message.split("”")[0] for a in advice_for(words, terms)] == ["“radiculopathy"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("## One\n\n#### Three\n\n![](/static/img/mark.svg)\n", [3, 5]),
        ("#", [1, 1]),  # a second title of the page, and a heading without words
        ("Words.[^a]\n\n[^a]: One.\n[^a]: Another.\n", [4]),
    ],
)
def test_what_no_file_may_have_keeps_words_from_going_live(
    site: Page, body: str, lines: list[int]
) -> None:
    assert [line for line, _ in faults(site, body)] == lines
