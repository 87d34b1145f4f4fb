"""IndexNow: what search engines are told, when, and what happens while they do not listen."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from clinic_site.operations import indexnow
from clinic_site.operations.indexnow import LONGEST_WAIT, tell_search_engines
from clinic_site.pages.actions.publish import create_page, publish, save_draft, withdraw
from clinic_site.pages.models import Page
from tests.operations.conftest import KEY, SITE, Clock, Engine

pytestmark = pytest.mark.django_db


def change(page: Page, clock: Clock) -> None:
    publish(page=page, words={"title": "News", "body": f"At {clock.now}."}, by=None)
    clock.pass_by(minutes=1)


def test_a_changed_page_is_told_once(news: Page, engine: Engine, clock: Clock) -> None:
    change(news, clock)
    assert (tell_search_engines(), tell_search_engines()) == (1, 0)
    assert engine.calls == [
        {
            "host": "localhost:8000",
            "key": KEY,
            "keyLocation": f"{SITE}/{KEY}.txt",
            "urlList": [f"{SITE}/news/"],
        }
    ]


def test_what_was_there_before_is_not_told(news: Page, engine: Engine) -> None:
    tell_search_engines()
    assert engine.calls == []


@pytest.mark.parametrize(("name", "value"), [("INDEXNOW_KEY", ""), ("SITE_INDEXABLE", False)])
def test_nothing_is_told_by_a_site_that_is_not_to_be_found(
    news: Page, engine: Engine, clock: Clock, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)
    change(news, clock)
    tell_search_engines()
    assert engine.calls == []


def test_what_was_published_this_moment_is_told_a_little_later(
    news: Page, engine: Engine, clock: Clock
) -> None:
    publish(page=news, words={"title": "News", "body": "Now."}, by=None)
    assert tell_search_engines() == 0
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 1


def test_a_scheduled_page_is_told_once_its_time_has_come(
    news: Page, engine: Engine, clock: Clock
) -> None:
    at = clock.now + timedelta(hours=2)
    save_draft(page=news, words={"title": "News", "body": "Later."}, by=None, publish_at=at)
    clock.pass_by(hours=1)
    assert tell_search_engines() == 0
    clock.pass_by(hours=2)
    assert tell_search_engines() == 1


def test_a_draft_is_not_told(news: Page, engine: Engine, clock: Clock) -> None:
    save_draft(page=news, words={"title": "News", "body": "Draft."}, by=None)
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 0


def test_a_withdrawn_page_is_told(news: Page, engine: Engine, clock: Clock) -> None:
    withdraw(page=news, by=None)
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 1


def test_of_a_question_the_page_is_told_on_which_it_stands(
    news: Page, engine: Engine, clock: Clock
) -> None:
    question = create_page(path="faq/why", layout="question", by=None)
    publish(page=question, words={"title": "Why?", "body": "Because."}, by=None)
    clock.pass_by(minutes=1)
    tell_search_engines()
    assert engine.addresses == [f"{SITE}/faq/"]


def test_a_page_that_changed_twice_is_told_once(news: Page, engine: Engine, clock: Clock) -> None:
    change(news, clock)
    change(news, clock)
    assert tell_search_engines() == 1


def test_many_addresses_are_told_in_several_calls(
    news: Page, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexnow, "PER_CALL", 2)
    for number in range(5):
        page = create_page(path=f"page-{number}", layout="article", by=None)
        publish(page=page, words={"title": f"Page {number}", "body": "Words."}, by=None)
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 5
    assert [len(call["urlList"]) for call in engine.calls] == [2, 2, 1]


@pytest.mark.parametrize("status", [400, 403, 422, 429, 500, 503])
def test_what_is_not_taken_is_told_again_later(
    news: Page, engine: Engine, clock: Clock, status: int
) -> None:
    engine.status = status
    change(news, clock)
    assert tell_search_engines() == 0
    engine.status = 202
    assert tell_search_engines() == 0
    clock.pass_by(minutes=1)
    assert tell_search_engines() == 1
    assert engine.addresses == [f"{SITE}/news/"] * 2


def test_each_failure_doubles_the_wait_up_to_a_limit(
    news: Page, engine: Engine, clock: Clock
) -> None:
    engine.status = 503
    change(news, clock)
    began = clock.now
    tries = []
    while clock.now < began + timedelta(days=1):
        before = len(engine.calls)
        tell_search_engines()
        if len(engine.calls) > before:
            tries.append(clock.now)
        clock.pass_by(minutes=1)
    waits = [later - earlier for earlier, later in zip(tries, tries[1:], strict=False)]
    assert waits[:4] == [timedelta(minutes=wait) for wait in (1, 2, 4, 8)]
    assert max(waits) == LONGEST_WAIT


def test_a_server_that_is_not_there_fails_no_job(
    news: Page, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexnow, "ENDPOINT", "http://127.0.0.1:9/indexnow")
    change(news, clock)
    assert tell_search_engines() == 0


@pytest.mark.parametrize("written", ["", "{", "[]", '{"until": "yesterday"}'])
def test_a_file_that_cannot_be_read_begins_the_count_anew(
    news: Page, engine: Engine, tmp_path: Path, written: str
) -> None:
    (tmp_path / "indexnow.json").write_text(written)
    assert tell_search_engines() == 0
    assert json.loads((tmp_path / "indexnow.json").read_text())["until"]


def test_the_key_is_served(client: Client, engine: Engine) -> None:
    assert client.get(f"/{KEY}.txt").content.decode() == KEY


@pytest.mark.parametrize("name", ["another-key", "0123456789abcde", "x"])
def test_no_other_key_is_served(client: Client, engine: Engine, name: str) -> None:
    assert client.get(f"/{name}.txt").status_code == 404


def test_without_a_key_none_is_served(client: Client) -> None:
    assert client.get(f"/{KEY}.txt").status_code == 404
