"""The fourteen condition pages: one shape, help before anything that sells a visit, nothing of the reviewer's."""

import re
from html import unescape

import brotli
import pytest
from django.test import Client

from tests.content import reading
from tests.content.reading import ContentFile

CONDITIONS = reading.children_of("conditions")
EACH = pytest.mark.parametrize("file", CONDITIONS, ids=lambda file: file.name)
PARTS = [
    "in-plain-words",
    "get-help",
    "how-it-often-feels",
    "what-usually-helps-first",
    "what-ims-may-do-here",
    "what-is-special-about-needling-here",
    "questions-people-ask",
    "before-you-come",
    "related-conditions",
]
CHEST = "Call 9-1-1: chest, breath or heart"
FOLDED = re.compile(r'<h3 id="more-signs".*?(?=<h2)', re.DOTALL)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
SEEN = re.compile(r'<section class="sources".*?</section>|<blockquote>.*?</blockquote>', re.DOTALL)


def address(file: ContentFile) -> str:
    return f"/{file.name.removesuffix('.md')}/"


def test_there_are_fourteen() -> None:
    assert len(CONDITIONS) == 14


@EACH
def test_the_parts_stand_in_their_order(file: ContentFile) -> None:
    assert [section.anchor for section in file.document.sections] == PARTS


@EACH
def test_it_is_as_long_as_one_reads_at_a_stretch(file: ContentFile) -> None:
    typed = FOLDED.sub("", SEEN.sub("", file.document.html))
    assert 350 <= len(reading.words_of(typed).split()) <= 700


@EACH
def test_nine_signs_at_most_stand_before_the_fold_and_the_rest_behind(file: ContentFile) -> None:
    first, _, more = file.document.html.partition('id="more-signs"')
    cards = reading.warning_cards(first)
    assert sum(len(card.signs) for card in cards if card.level in ("call", "emergency")) <= 5
    assert sum(len(card.signs) for card in cards) <= 9
    assert CHEST in {card.title for card in reading.warning_cards(more)}


@EACH
def test_what_search_engines_show_keeps_the_place(file: ContentFile) -> None:
    title = str(file.front["search_title"])
    assert len(title) <= 62
    assert "Vancouver" in title and "dry needling" in title


@EACH
def test_it_leads_to_two_related_conditions_or_more(file: ContentFile) -> None:
    section = next(one for one in file.document.sections if one.anchor == "related-conditions")
    links = re.findall(r'href="/conditions/([a-z-]+)/">([^<]+)</a>', section.html)
    known = {one.name.removeprefix("conditions/"): one.title for one in CONDITIONS}
    assert len(links) >= 2
    assert [title for slug, title in links if known[f"{slug}.md"] != title] == []


@EACH
def test_the_first_link_to_the_form_stands_after_the_signs(file: ContentFile) -> None:
    html = file.document.html
    form = html.find('href="/book')
    assert form == -1 or form > html.find('id="how-it-often-feels"')


@pytest.mark.django_db
@EACH
def test_what_is_for_the_reviewer_or_the_search_reaches_nobody_else(
    file: ContentFile, published: None, client: Client
) -> None:
    texts = [
        client.get(path).content.decode()
        for path in (address(file), f"{address(file)[:-1]}.md", "/llms.txt", "/feed.atom")
    ]
    page = texts[0]
    assert f"<title>{file.front['search_title']}" in page.replace("&#x27;", "’")
    hidden = [*file.front["please_confirm"], *file.front["misspellings"]]
    shown = file.title.casefold() + " ".join(map(str, file.front["other_names"])).casefold()
    for text in texts:
        assert [one for one in hidden if one in text and one.casefold() not in shown] == []


@pytest.mark.django_db
@EACH
def test_all_its_names_stand_in_the_head(
    file: ContentFile, published: None, client: Client
) -> None:
    head = client.get(address(file)).content.decode().partition('class="page-body"')[0]
    names = [*file.front["other_names"], *file.front["medical_names"]]
    assert [name for name in names if name not in unescape(head)] == []
    everyday = {str(name).casefold() for name in file.front["other_names"]}
    assert not everyday & {str(name).casefold() for name in file.front["medical_names"]}


@pytest.mark.django_db
@EACH
def test_the_one_way_to_the_form_stands_below_the_signs(
    file: ContentFile, published: None, client: Client
) -> None:
    main = MAIN.findall(client.get(address(file)).content.decode())[0]
    assert main.count('href="/book/') == 1
    assert main.index('href="/book/') > main.index('class="more-signs"') > main.index("tel:911")


@EACH
def test_another_page_leads_to_it_too(file: ContentFile) -> None:
    others = [one for one in reading.all_files() if not one.name.startswith("conditions/")]
    assert any(f"]({address(file)})" in one.body for one in others) or file.name.endswith(
        "text-neck.md"  # an everyday name, which neck pain explains
    )


@pytest.mark.django_db
@EACH
def test_it_leads_back_to_its_areas(file: ContentFile, published: None, client: Client) -> None:
    html = client.get(address(file)).content.decode()
    index = client.get("/conditions/").content.decode()
    for area in file.front["areas"]:
        assert f'href="/conditions/#{area}"' in html
        assert f'id="{area}"' in index


@pytest.mark.django_db
def test_the_index_has_one_line_each_below_the_signs(published: None, client: Client) -> None:
    main = MAIN.findall(client.get("/conditions/").content.decode())[0]
    assert main.count('href="/book/') == 1
    assert main.index('class="more-signs"') < main.index('class="areas-pick"')
    assert main.index('class="areas-pick"') < main.index('class="conditions"')
    for file in CONDITIONS:
        line = str(file.front["index_line"])
        assert line in main and len(line) <= 60
        assert main.count(f'aria-label="Read about it: {file.title}"') == len(file.front["areas"])


@pytest.mark.django_db
@EACH
def test_it_is_two_taps_from_home(file: ContentFile, published: None, client: Client) -> None:
    assert 'href="/conditions/"' in client.get("/").content.decode()
    assert f'href="{address(file)}"' in client.get("/conditions/").content.decode()


@pytest.mark.django_db
@EACH
def test_it_comes_in_one_round_trip(file: ContentFile, published: None, client: Client) -> None:
    assert len(brotli.compress(client.get(address(file)).content)) <= 14 * 1024


@pytest.mark.parametrize(
    ("card", "names"),
    [
        (
            "back-and-legs",
            ["hip-and-gluteal-pain", "neck-and-back-pain", "sciatica-and-piriformis"],
        ),
        ("head-neck-and-arms", ["headaches-and-migraines", "neck-and-back-pain", "text-neck"]),
        ("weak-hand-or-heart", ["golfers-elbow", "tennis-elbow"]),
    ],
)
def test_an_area_of_trouble_has_its_one_card_on_each_of_its_pages(
    card: str, names: list[str]
) -> None:
    showing = [file.name for file in CONDITIONS if f"[!CARD] {card}\n" in file.body]
    assert len(showing) == len(names)
    assert [name for name in names if not any(name in one for one in showing)] == []
