"""What research and public bodies found stands on the pages that it matters to, each with its source."""

import re

import pytest
from django.test import Client

from tests.content.reading import content_file

FACTS = [
    ("benefits.md", "no effect on movement", "neck"),
    ("benefits.md", "other care did better after 9 to 28 days", "liu"),
    ("benefits.md", "no easier than with other physiotherapy", "gattie"),
    ("what-is-ims.md", "The neck did not move further", "neck"),
    ("what-is-ims.md", "After 9 to 28 days, other care did better", "liu"),
    ("what-is-ims.md", "but not than with other physiotherapy", "gattie"),
    ("what-is-ims.md", "On most counts needling made little or no difference", "who"),
    ("conditions/neck-and-back-pain.md", "little or no difference on most counts", "who"),
    ("faq/icbc.md", "active treatment tends to do more", "icbc"),
    ("faq/research.md", "no easier than with other physiotherapy", "gattie"),
    ("faq/research.md", "after 9 to 28 days", "liu"),
    ("faq/how-long-does-it-last.md", "At 6 to 12 months, it found no clear gain", "gattie"),
    ("safety.md", "bleeding near the spinal cord, with weak arms or legs", "spine"),
    ("safety.md", "a nerve injury that lasted", "mcmanus"),
    ("faq/icbc.md", "whoever was at fault", "icbc"),
    ("faq/who-does-it.md", "let only those needle who were on its list (roster)", "roster"),
]
SOURCES = {
    "neck": "10.3390/jcm9103300",
    "liu": "10.1016/j.apmr.2014.12.015",
    "gattie": "10.2519/jospt.2017.7096",
    "spine": "10.1097/BRS.0b013e3181fc1e38",
    "mcmanus": "10.1136/bcr-2017-221302",
    "icbc": "icbc.com/claims/injury/accessing-treatment-during-your-first-12-weeks-of-recovery",
    "who": "10.1007/s10926-023-10125-3",
    "roster": "cptbc.org",
}


@pytest.mark.parametrize(("name", "words", "source"), FACTS)
def test_a_fact_stands_with_its_source_behind_it(name: str, words: str, source: str) -> None:
    body = content_file(name).body
    behind = body[body.index(words) + len(words) :].split("\n", 1)[0]
    assert re.search(r"\[\^[\w-]+\]", behind + "[^none]")[0] == f"[^{source}]"
    note = re.search(rf"^\[\^{source}\]: (.*)$", body, re.MULTILINE)
    assert note and SOURCES[source] in note[1]


def test_what_the_clinic_has_to_confirm_is_asked_and_not_said() -> None:
    assert (
        "Ask us first if we hold a contract with WorkSafeBC"
        in content_file("faq/worksafebc.md").body
    )


def test_the_page_on_how_we_write_says_that_warning_signs_carry_no_number() -> None:
    assert "Most warning signs carry no number." in content_file("how-we-write.md").body


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/what-is-ims/", "/benefits/", "/first-session/", "/how-often/"])
def test_a_summary_bears_its_mark_for_those_who_see(
    client: Client, published: None, path: str
) -> None:
    html = client.get(path).content.decode()
    assert re.search(
        r'note-summary"[^>]*aria-label="In plain words"|aria-label="In plain words"[^>]*note-summary',
        html,
    )
    styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    assert re.search(r"\.note-summary,[^{}]*::before\{content:attr\(aria-label\)", styles)
    assert "marked “In plain words”" in client.get("/how-we-write/").content.decode()
