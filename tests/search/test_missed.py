"""What patients did not find: words of the site alone, counted in memory, written by the worker, kept for 90 days."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Practitioner
from clinic_site.search.index.indexing import bring_up_to_date
from clinic_site.search.missed import counting
from clinic_site.search.missed.counting import MOST_FILES, Counts, folder
from clinic_site.search.missed.kept_words import missed_words
from clinic_site.search.missed.recording import MOST_KEPT, forget_missed, record_missed
from clinic_site.search.models import MissedSearch
from clinic_site.search.quality import last_quality, measure_quality
from clinic_site.search.query import find
from clinic_site.staff.dashboard import waiting_for
from clinic_site.staff.roles import EDITOR, FRONT_DESK
from tests.search.conftest import Search
from tests.staff.people import person

pytestmark = pytest.mark.django_db
MISSED = "pregnant tennis zebra"  # no page has all of it, and one word is not of the site


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(counting, "COUNTS", Counts())


def typed_on(words: str, *days_ago: int) -> None:
    """As a process hands over what was typed on these days."""
    folder().mkdir(exist_ok=True)
    for ago in days_ago:
        day = (timezone.localdate() - timedelta(days=ago)).isoformat()
        said = json.dumps({"day": day, "times": {words: 1}})
        (folder() / f"1-{words}-{ago}.json").write_text(said)


def test_only_words_of_the_site_are_counted(indexed: None) -> None:
    assert missed_words(find(MISSED)) == "pregnant tennis"
    assert missed_words(find("xylophone quartz 604 555 0142 V5K0A1")) == ""


def test_what_is_found_is_not_counted(indexed: None) -> None:
    assert missed_words(find("tennis elbow")) == ""
    assert missed_words(find("does it hurt")) == ""
    assert missed_words(find("")) == ""


@pytest.mark.parametrize(
    "typed", ["pregnant tennis chest pain", "tennis pregnant suicde", "call 911 tennis pregnant"]
)
def test_a_line_that_may_be_urgent_is_never_counted(indexed: None, typed: str) -> None:
    assert missed_words(find(typed)) == ""


def test_the_name_of_a_practitioner_is_not_counted(indexed: None) -> None:
    Practitioner.objects.create(
        clinic=Clinic.objects.get(), name="Zoltan Knee", registration_url="https://r.example.ca/1"
    )
    bring_up_to_date()
    assert missed_words(find("zoltan pregnant knee tennis zebra")) == "pregnant tennis"


def test_a_search_writes_nothing_into_the_database_and_the_worker_does(search: Search) -> None:
    search("shoulder")
    with CaptureQueriesContext(connection) as asked:
        html = search(MISSED).html
    told = {one["sql"].lstrip("(").split()[0] for one in asked}  # PostgreSQL's unions begin so
    assert told == {"SELECT"}
    assert 'name="q" value="pregnant tennis zebra"' in html
    assert not MissedSearch.objects.exists()
    assert record_missed() == 1
    kept = MissedSearch.objects.get()
    assert (kept.words, kept.times, kept.days) == (
        "pregnant tennis",
        1,
        [timezone.localdate().isoformat()],
    )
    assert list(folder().iterdir()) == []


def test_a_process_hands_over_once_a_minute_at_most() -> None:
    counts = Counts()
    for _ in range(5):
        counts.add("tennis")
    assert len(list(folder().iterdir())) == 1


def test_a_full_disk_or_no_worker_stops_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    folder().mkdir()
    for number in range(MOST_FILES):
        (folder() / f"{number}.json").write_text("{}")
    Counts().add("tennis")
    assert len(list(folder().iterdir())) == MOST_FILES

    def full(*args: object, **kwargs: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    Counts().add("tennis")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"day": "x", "times": {}}', '{"day": "2026-11-27", "times": {"": 1}}']
)
def test_a_file_that_cannot_be_read_is_dropped(text: str) -> None:
    folder().mkdir()
    (folder() / "1.json").write_text(text)
    assert record_missed() == 1
    assert record_missed() == 0
    assert not MissedSearch.objects.exists()


def test_days_are_counted_once_each() -> None:
    typed_on("tennis", 2, 1)
    record_missed()
    typed_on("tennis", 1, 0)
    record_missed()
    kept = MissedSearch.objects.get()
    assert (kept.day_count, kept.times) == (3, 4)
    assert (kept.first_on, kept.last_on) == (
        timezone.localdate() - timedelta(days=2),
        timezone.localdate(),
    )


def test_a_day_is_forgotten_after_ninety_and_words_go_with_their_last() -> None:
    typed_on("tennis", 91, 90, 1)
    typed_on("golf", 91)
    record_missed()
    assert forget_missed() == 2
    kept = MissedSearch.objects.get()
    assert (kept.words, kept.day_count) == ("tennis", 2)
    assert forget_missed() == 0


def test_there_is_an_end_to_what_is_kept() -> None:
    day = date(2026, 11, 27)
    MissedSearch.objects.bulk_create(
        MissedSearch(words=f"w{n}", days=[day.isoformat()], first_on=day, last_on=day)
        for n in range(MOST_KEPT)
    )
    typed_on("tennis", 0)
    typed_on("w7", 0)
    record_missed()
    assert MissedSearch.objects.count() == MOST_KEPT
    assert MissedSearch.objects.get(words="w7").times == 1


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [("words", "", "missed_search_has_words"), ("day_count", 0, "missed_search_has_a_day")],
)
def test_the_database_keeps_the_rules(column: str, value: object, name: str) -> None:
    day = timezone.localdate()
    row = {"words": "tennis", "day_count": 1, "first_on": day, "last_on": day, column: value}
    with pytest.raises(IntegrityError, match=name):
        MissedSearch.objects.create(**row)


def test_staff_see_words_from_the_third_day_on_and_write_an_answer(client: Client) -> None:
    typed_on("price tennis", 2, 1)
    typed_on("golf", 3, 2, 1)
    record_missed()
    client.force_login(person("editor", EDITOR))
    html = client.get(reverse("admin:search_missedsearch_changelist")).content.decode()
    assert "golf" in html and "price tennis" not in html
    typed_on("price tennis", 0)
    record_missed()
    html = client.get(reverse("admin:search_missedsearch_changelist")).content.decode()
    assert "cost" in html.split("price tennis")[1].split("</tr>")[0]
    link = html.split("price tennis")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {"layout": ["question"], "title": ["Price tennis"]}
    form = client.get(link).content.decode()
    assert 'value="Price tennis"' in form
    assert re.search(r'<input[^>]*value="question"[^>]*checked', form)


def test_the_first_page_tells_editors_of_them_and_of_the_figure(
    indexed: None, tmp_path: Path
) -> None:
    questions = [
        {"typed": "price", "first_three": ["/faq/#cost"]},
        {"typed": "price", "first_three": ["/nowhere/"]},
    ]
    (tmp_path / "search_questions.json").write_text(json.dumps({"questions": questions}))
    typed_on("golf", 3, 2, 1)
    record_missed()
    measure_quality()
    told = {line.text: line.count for line in waiting_for(person("editor", EDITOR))}
    assert told["Words that patients look for and do not find"] == 1
    assert "The search has the answer among its first three for 1 of 2 questions" in told
    desk = {line.text for line in waiting_for(person("desk", FRONT_DESK))}
    assert not [text for text in desk if "search" in text or "look for" in text]


def test_the_shipped_questions_are_measured(indexed: None) -> None:
    quality = measure_quality()
    assert quality == last_quality()
    assert quality and quality.asked == 70 and quality.found >= 68


def test_a_list_that_cannot_be_read_leaves_no_old_figure(indexed: None, tmp_path: Path) -> None:
    measure_quality()
    (tmp_path / "search_questions.json").write_text("{")
    assert measure_quality() is None
    assert last_quality() is None


def test_a_search_that_finds_nothing_says_what_is_kept(search: Search, client: Client) -> None:
    assert 'href="/privacy/#when-you-search-this-site"' in search("xylophone quartz").html
    html = client.get("/privacy/").content.decode()
    section = html.split('id="when-you-search-this-site"')[1].split("<h2")[0]
    assert "after 90 days" in section and "on 3 different days" in section
