"""Links off the site: asked politely, never inside the house, reported and never blocking."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clinic_site.pages.actions.publish import withdraw
from clinic_site.pages.checks.external_links import (
    Answer,
    Unreachable,
    ask_over_http,
    check_links,
    look_at,
    public_address,
)
from clinic_site.pages.checks.publishing import publishing_faults
from clinic_site.pages.models import ExternalLink
from tests.pages.writing import live_page


class Web:
    """Servers that answer as they are told to, and note what they were asked."""

    def __init__(self, **answers: Answer) -> None:
        self.answers, self.asked = answers, []

    def __call__(self, method: str, url: str) -> Answer:
        self.asked.append(f"{method} {url}")
        if url.endswith("/robots.txt"):
            return self.answers.get("robots", Answer(404))
        answer = self.answers.get(method, Answer(200))
        if answer.status == 0:
            raise Unreachable("Its name is not known.")
        return answer


def look(**answers: Answer) -> tuple[int | None, str]:
    return look_at("https://a.example/x", ask=Web(**answers), robots={})


@pytest.mark.parametrize("status", [200, 204, 403, 429])
def test_what_answers_is_fine(status: int) -> None:
    assert look(HEAD=Answer(status)) == (status, "")


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_is_gone_is_trouble(status: int) -> None:
    answer = Answer(status)
    assert look(HEAD=answer, GET=answer) == (status, f"Its server answers {status}.")


def test_a_server_that_knows_no_head_is_asked_with_get() -> None:
    assert look(HEAD=Answer(405), GET=Answer(200)) == (200, "")


def test_no_answer_is_trouble() -> None:
    assert look(HEAD=Answer(0)) == (None, "Its name is not known.")


def test_a_redirect_without_end_is_trouble() -> None:
    assert "without an end" in look(HEAD=Answer(302, "/y"))[1]


def test_what_robots_may_not_ask_is_not_asked() -> None:
    web = Web(robots=Answer(200, text="User-agent: *\nDisallow: /x"))
    assert look_at("https://a.example/x", ask=web, robots={}) == (None, "")
    assert web.asked == ["GET https://a.example/robots.txt"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1"]
    + ["fd00::1", "fe80::1", "::ffff:127.0.0.1", "2002:7f00:1::", "100.64.0.1", "224.0.0.1"]
    + ["64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:0:10.0.0.1"],
)
def test_nothing_inside_the_house_is_asked(monkeypatch: Any, address: str) -> None:
    rows = [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    with pytest.raises(Unreachable, match="not on the public internet"):
        public_address("evil.example", 80)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "file:///etc/passwd", "http://a.example:22/", "https://a.example:99999/"]
    + ["http:///x", "gopher://a.example/", "http://localhost/", "http://[::1]/", "http://0x7f.1/"],
)
def test_odd_addresses_are_refused_without_a_request(url: str) -> None:
    with pytest.raises(Unreachable):
        ask_over_http("HEAD", url)


LINK = "[There](https://a.example/x)"


@pytest.mark.django_db
def test_links_of_live_pages_are_asked_once_a_week_and_reported() -> None:
    live_page(body=LINK)
    web = Web(HEAD=Answer(404), GET=Answer(404))
    assert check_links(ask=web) == 1
    assert check_links(ask=web) == 0
    link = ExternalLink.objects.get()
    assert (link.status, link.trouble, link.on_paths) == (
        404,
        "Its server answers 404.",
        ["/aftercare/"],
    )
    ExternalLink.objects.update(checked_at=timezone.now() - timedelta(days=8))
    assert check_links(ask=web) == 1


@pytest.mark.django_db
def test_a_machine_without_a_way_out_blames_nobody() -> None:
    live_page(body="\n".join(f"[There](https://{name}.example/)" for name in "abc"))
    assert check_links(ask=Web(HEAD=Answer(0))) == 0
    assert set(ExternalLink.objects.values_list("trouble", "checked_at")) == {("", None)}


@pytest.mark.django_db
def test_a_link_that_no_page_has_any_more_is_forgotten() -> None:
    page = live_page(body=LINK)
    check_links(ask=Web())
    withdraw(page=page, by=None)
    check_links(ask=Web())
    assert not ExternalLink.objects.exists()


@pytest.mark.django_db
def test_a_link_off_the_site_never_blocks() -> None:
    page = live_page(body=LINK)
    check_links(ask=Web(HEAD=Answer(404), GET=Answer(404)))
    assert publishing_faults(page, page.revisions.first().words()) == []
