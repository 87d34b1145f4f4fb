"""The page about the people who treat patients: there with the first of them, gone with the last."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from clinic_site.clinic.models import Clinic, Practitioner
from clinic_site.operations.static_export import EditionWriter, current
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page, Revision
from tests.pages.practitioners import REGISTER, practitioner
from tests.pages.writing import sign_page, staff
from tests.reading_text import words_of
from tests.valid_html import html_errors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
PAGE = "/practitioners/"
OWN = "/practitioners/a-sample/"
LISTS = ("/", "/clinic/", "/sitemap.xml", "/feed.atom", "/llms.txt", "/no-such-page/")


def html_at(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def admin_url(route: str, *args: int) -> str:
    return reverse(f"admin:clinic_practitioner_{route}", args=args)


def test_nobody_is_shipped() -> None:
    assert not Practitioner.objects.exists()


@pytest.mark.parametrize("path", [PAGE, "/practitioners", "/practitioners.md"])
def test_without_anybody_there_is_no_such_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [*LISTS, "/practitioner/"])
def test_without_anybody_nothing_names_the_page(client: Client, path: str) -> None:
    assert "/practitioners" not in html_at(client, path)


@pytest.mark.parametrize("path", ["/", "/clinic/", "/sitemap.xml", "/feed.atom", "/llms.txt"])
def test_with_the_first_practitioner_the_page_is_named(client: Client, path: str) -> None:
    Revision.objects.filter(page__path="practitioners").update(publish_at=timezone.now())
    practitioner()
    assert "/practitioners" in html_at(client, path)


def test_a_mistyped_address_leads_to_it(client: Client) -> None:
    practitioner()
    main = html_at(client, "/practitioner/").partition("Did you mean")[2].partition("</ul>")[0]
    assert f'href="{PAGE}"' in main


def test_the_edition_has_it_while_there_is_somebody(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    writer, file = EditionWriter(), current() / "practitioners" / "index.html"
    writer.keep_in_step()
    assert not file.exists()
    one = practitioner()
    writer.keep_in_step()
    assert b"A. Sample" in file.read_bytes()
    client = Client()
    client.force_login(staff("anna"))
    client.post(admin_url("delete", one.pk), {"post": "yes"})
    writer.keep_in_step()
    assert not file.exists()


@pytest.mark.parametrize(
    "words",
    [
        "A. Sample",
        "Physiotherapist",
        "Authorised since 12 May 2021",
        "A. Sample in the public register",
    ],
)
def test_the_page_says_who_somebody_is(client: Client, words: str) -> None:
    practitioner()
    assert words in words_of(html_at(client, PAGE))


def test_a_name_leads_to_the_register(client: Client) -> None:
    practitioner()
    assert f'href="{REGISTER}"' in html_at(client, PAGE)


def test_who_does_not_needle_has_no_such_line(client: Client) -> None:
    practitioner(needling_authorised_on=None)
    assert "Authorised since" not in html_at(client, PAGE)


def test_what_is_told_of_somebody_goes_through_the_one_renderer(client: Client) -> None:
    practitioner(about="<script>alert(1)</script> Works with **runners**.")
    html = html_at(client, OWN)
    assert "<script>alert" not in html
    assert "<strong>runners</strong>" in html


def test_the_page_is_valid_html(client: Client, tmp_path: Path) -> None:
    practitioner()
    practitioner("B. Second", needling_authorised_on=None, about="")
    practitioner("C. Third", about="- Sees children\n- Speaks French\n\n> [!NOTE]\n> By request.")
    assert html_errors({PAGE: html_at(client, PAGE)}, tmp_path) == []


def test_people_stand_in_the_clinics_order(client: Client) -> None:
    practitioner("B. Second", position=2)
    practitioner("C. First", position=1)
    words = words_of(html_at(client, PAGE).partition('class="page-body"')[2])
    assert 0 <= words.index("C. First") < words.index("B. Second")


def test_the_number_of_queries_does_not_grow_with_the_people(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    practitioner()
    with django_assert_num_queries(11) as before:
        client.get(PAGE)
    for number in range(20):
        practitioner(f"Number {number}")
    with django_assert_num_queries(len(before)):
        client.get(PAGE)


def test_the_words_around_the_people_are_edited_as_any_page(client: Client) -> None:
    practitioner()
    page = Page.objects.get(path="practitioners")
    words = page.revisions.in_force().get().words() | {"body": "Words of the clinic."}
    publish(page=page, words=words, by=None)
    assert "Words of the clinic." in html_at(client, PAGE)


def test_the_markdown_twin_has_the_people(client: Client) -> None:
    practitioner()
    assert "## A. Sample\n\nPhysiotherapist\n\nWorks with **runners**." in html_at(
        client, "/practitioners.md"
    )


def test_the_page_changes_when_the_people_do(client: Client) -> None:
    Revision.objects.update(publish_at=timezone.now() - timedelta(days=9))
    practitioner()
    today = timezone.localdate()
    assert f"Words last changed on {today:%-d %B %Y}" in words_of(html_at(client, PAGE))
    changed_at = Clinic.objects.get().people_changed_at
    assert changed_at is not None
    assert timezone.localtime(changed_at).isoformat() in html_at(client, "/sitemap.xml")


def test_it_is_taken_down_like_any_page_while_nobody_is_there(client: Client) -> None:
    client.force_login(staff("anna"))
    page = Page.objects.get(path="practitioners")
    client.post(reverse("admin:pages_page_withdraw", args=[page.pk]), {"version": page.version})
    practitioner()
    assert client.get(PAGE).status_code == 410


@pytest.fixture
def sign(published: None) -> Callable[[str], str]:
    """Signs the page on safety and its warning cards with a name; the words at its foot, as HTML."""

    def signing(name: str) -> str:
        sign_page("safety", name)
        return html_at(Client(), "/safety/").partition('class="signed"')[2]

    return signing


@pytest.mark.parametrize("name", ["A. Sample", "A. Sample, PT", "A.  Sample"])
def test_a_sign_off_leads_to_the_practitioner(sign: Callable[[str], str], name: str) -> None:
    one = practitioner()
    assert f'<a href="{OWN}">{name}</a>' in sign(name)
    assert f'id="person-{one.pk}"' in html_at(Client(), PAGE)  # where older links lead


@pytest.mark.parametrize("name", ["B. Other", "Sample", "A. Sampleton"])
def test_a_sign_off_by_somebody_else_leads_nowhere(sign: Callable[[str], str], name: str) -> None:
    practitioner()
    assert f"Signed off by {name} on" in sign(name)


def test_a_name_that_two_bear_leads_nowhere(sign: Callable[[str], str]) -> None:
    practitioner()
    practitioner()
    assert "Signed off by A. Sample on" in sign("A. Sample")


def test_a_sign_off_leads_nowhere_while_the_page_is_down(sign: Callable[[str], str]) -> None:
    practitioner()
    Revision.objects.filter(page__path="practitioners").update(is_withdrawn=True)
    assert "Signed off by A. Sample on" in sign("A. Sample")
