"""What staff type or paste into a page: kept tidy, read back from a file as the same, and quick to check."""

import time
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from clinic_site.pages.models import Page, Revision
from tests.at_length import examples
from tests.content_sync.folder import ContentFolder
from tests.hostile_text import long_texts
from tests.pages.writing import form_data, live_page, save, url

LONG = 58_000
NUMBERS = count()
TEXTS = ("title", "summary", "description", "body")
PARTS = 6  # of all kinds, so that a test takes some seconds
FEW = 5  # times that a text of the same length as people write it may cost
PROSE = Path(__file__).parents[3].joinpath("content/safety.md").read_text("utf-8").split("---")[2]
pytestmark = pytest.mark.django_db
TYPED = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\r\n\x0b\x0c\x85\u2028\u2029\u202a\u202c\u202e\u2066\u2069\u0301\u0316\ufeff\x1b#-:"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\u2028Two.", "One.\nTwo."),
        ("One.\r\nTwo.\rThree.\x0bFour.\x85Five.", "One.\nTwo.\nThree.\nFour.\nFive."),
        ("On\x1be\x00 \u202etwo\u202c", "One two"),
        ("e" + "\u0301" * 400, "e" + "\u0301" * 30),
    ],
)
def test_a_text_is_kept_without_what_no_file_may_hold(
    client: Client, anna: object, typed: str, kept: str
) -> None:
    page = live_page()
    assert save(client, page, body=typed).status_code == 302
    assert Revision.objects.latest("pk").body == kept


def test_words_that_show_nothing_are_said(client: Client, anna: object) -> None:
    response = save(client, live_page(), description="\U000f478e")
    assert response.status_code == 422
    assert "Nothing can be read here" in response.text


def test_a_title_is_one_line(client: Client, anna: object) -> None:
    page = live_page()
    assert save(client, page, title="After\u2028care").status_code == 302
    assert Revision.objects.latest("pk").title == "After care"


@pytest.mark.parametrize(
    ("layout", "field"),
    [
        ("article", "body"),
        ("article", "summary"),
        ("home", "details_headline"),
        ("condition", "details_other_names"),
        ("enquiry", "details_consent"),
        ("home", "details_facts-0-value"),
    ],
)
def test_what_is_too_long_is_said_and_still_there(
    client: Client, anna: object, layout: str, field: str
) -> None:
    page = live_page(path="somewhere", layout=layout)
    typed = "Nothing of this is lost. " * 12_000
    response = save(client, page, **{field: typed})
    assert response.status_code == 422
    assert typed.strip() in unescape(response.text)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("number", ["9" * 60_000, "inf", "nan", "1e999"])
def test_a_number_that_is_none_is_said(client: Client, anna: object, number: str) -> None:
    page = live_page(path="somewhere", layout="phases")
    row = {"section": "drink", "label": "First", "low": number, "high": "2"}
    fields = {f"details_phases-0-{key}": text for key, text in row.items()}
    assert save(client, page, **fields).status_code == 422


@hypothesis_settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.fixed_dictionaries(dict.fromkeys(TEXTS, TYPED)))
@example(
    dict.fromkeys(TEXTS, "#")
)  # a second title of the page: the editor took it, a file may not
def test_what_the_editor_takes_comes_back_from_a_file(
    client: Client, anna: object, tmp_path: Path, settings: LazySettings, typed: dict[str, str]
) -> None:
    content = ContentFolder(tmp_path / "content")
    settings.CONTENT_DIR = content.path
    if not Page.objects.exists():
        content.write("aftercare.md", "Rest.")
        content.sync()
    page = Page.objects.get()
    newest = Revision.objects.filter(page=page).latest("pk").pk
    taken = save(client, page, **typed, action="publish")
    assert taken.status_code in (302, 422)
    exported = content.export()
    assert exported.faults == []
    assert "1 unchanged" in content.sync().summary
    assert (Revision.objects.filter(page=page).latest("pk").pk > newest) <= (
        taken.status_code == 302
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("work", ["checks", "preview", "change"])
def test_a_hostile_text_costs_little_more_than_prose(
    client: Client, anna: object, work: str, part: int
) -> None:
    page = live_page()

    def took(text: str) -> float:
        """Seconds of the processor for a text that is new each time, so that none of it is kept."""
        body = f"{next(NUMBERS)} {text}"[:LONG]
        data = form_data(page, body=body, action="publish", version=0)
        start = time.process_time()
        client.post(url(work, page), data)
        return time.process_time() - start

    prose = PROSE * (LONG // len(PROSE) + 1)
    usual = min(took(prose), took(prose))
    slow = {
        kind: round(times, 1)
        for kind, text in list(long_texts(LONG).items())[part::PARTS]
        if (times := took(text) / usual) > FEW and (times := took(text) / usual) > FEW
    }
    assert slow == {}
