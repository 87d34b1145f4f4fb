"""The layouts: how one tree looks, which details each needs, and which pages stand on which.

A page of a `standing` layout (a question, a term, a condition without a body) is read on its
folder's index, under its own anchor.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.file_schema import CLINIC_SCHEMA
from clinic_site.markup import Document, Problem, parse
from clinic_site.markup.languages import language_tag
from clinic_site.markup.schema import (
    Check,
    Schema,
    boolean,
    list_of,
    number,
    number_or_open,
    one_of,
    optional_text,
    text,
    text_up_to,
    whole_number,
)
from clinic_site.pages.symptoms import table_problems

TREATMENT_SECTIONS = Schema(
    dict.fromkeys(
        ("preparation", "howPerformed", "followup", "contraindication", "adverseOutcome"), text
    )
)
COMMON: dict[str, Check] = {
    "layout": text,
    "title": text_up_to(200),
    "menu_title": text_up_to(60),
    "summary": optional_text,
    "description": text_up_to(320),
    "position": whole_number,
    "health": boolean,
}
# What a reviewer is asked to confirm. Any page may have it; patients and machines are never told.
PLEASE_CONFIRM = "please_confirm"
FOR_REVIEWERS: dict[str, Check] = {PLEASE_CONFIRM: list_of(text_up_to(300))}
LANGUAGE = "language"  # of a page that is not in English; checks of English words leave it alone
FACT = Schema({"label": text, "value": text}, frozenset({"label", "value"}))
TOPIC = Schema({"slug": text, "title": text}, frozenset({"slug", "title"}))


def weeks_between(value: object) -> Iterator[str]:
    """Two numbers of weeks, the second null where there is no upper end."""
    if not isinstance(value, list) or len(value) != 2:
        yield "write two numbers of weeks, such as [2, 4], or [4, null] for “and longer”"
        return
    yield from number(value[0])
    yield from number_or_open(value[1])


PHASE = Schema(
    {"section": text, "label": text, "weeks_between": weeks_between},
    frozenset({"section", "label", "weeks_between"}),
)


DRAWING = Schema(
    {"item": text, "shows": one_of(("talk", "position", "needle", "rest")), "words": text},
    frozenset({"item", "shows", "words"}),
)
SHEET_SECTION = Schema(
    {
        "section": text,
        "shows": one_of(("signs", "reasons", "areas", "tell-us", "questions", "ticks", "words")),
    },
    frozenset({"section", "shows"}),
)


@dataclass(frozen=True)
class Layout:
    """One way to show a page. `children`: the layout of the pages that stand on this one.

    `is_part`: shown within the pages that name it, at no address of its own. `is_about_people`:
    patients find it only while the clinic has practitioners. `is_confirmed_first`: they find it
    only once somebody has signed these very words, and struck none. `body_check`: what is wrong
    with the shape of a text for this layout.
    """

    name: str
    details: Mapping[str, Check] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    children: str = ""
    stands_on_index: bool = False
    is_part: bool = False
    is_about_people: bool = False
    is_confirmed_first: bool = False
    body_check: Callable[[Document], Iterator[Problem]] | None = None

    def body_problems(self, body: str) -> list[Problem]:
        """What is wrong with the shape of a text for this layout, by its line (from 1)."""
        return list(self.body_check(parse(body))) if self.body_check else []

    @property
    def template(self) -> str:
        return f"pages/layouts/{self.name}.html"

    @property
    def schema(self) -> Schema:
        """The whole front matter of a page with this layout."""
        keys = {**COMMON, **FOR_REVIEWERS, **self.details}
        return Schema(keys, frozenset({"layout", "title"}) | self.required)


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("home", {"headline": text, "facts": list_of(FACT)}, frozenset({"headline"})),
        Layout("article", {"structured_data": TREATMENT_SECTIONS}),
        Layout("cards"),
        Layout("checklist"),
        Layout(
            "walkthrough",
            {"structured_data": TREATMENT_SECTIONS, "drawings": list_of(DRAWING)},
        ),
        Layout("phases", {"phases": list_of(PHASE, fewest=1)}, frozenset({"phases"})),
        Layout("symptoms", body_check=table_problems),
        Layout("sheet", {"sections": list_of(SHEET_SECTION, fewest=1)}, frozenset({"sections"})),
        Layout("conditions", children="condition"),
        Layout(
            "condition",
            {
                "areas": list_of(one_of(BODY_AREAS), fewest=1),
                "other_names": list_of(text),
                "index_line": text_up_to(100),
                "search_title": text_up_to(70),
                "medical_names": list_of(text),
                "misspellings": list_of(text),
                "anatomy": list_of(text),
            },
            frozenset({"areas"}),
            stands_on_index=True,
        ),
        Layout("faq", {"topics": list_of(TOPIC)}, children="question"),
        Layout("question", {"topic": text}, stands_on_index=True),
        Layout("glossary", children="term"),
        Layout("term", {"other_names": list_of(text)}, stands_on_index=True),
        Layout(
            "enquiry",
            {"consent_version": text, "consent": text},
            frozenset({"consent", "consent_version"}),
        ),
        Layout("clinic", CLINIC_SCHEMA.keys, CLINIC_SCHEMA.required),
        Layout("card", is_part=True),
        Layout("practitioners", is_about_people=True),
        Layout(
            "welcome",
            {LANGUAGE: language_tag, "other_names": list_of(text)},
            frozenset({LANGUAGE}),
            is_confirmed_first=True,
        ),
    )
}
# Pages that stand for a row of the clinic's tables: no file and no revision says what is on them.
OF_THE_CLINIC = {name: Layout(name) for name in ("person", "place")}
PARTS = tuple(name for name, layout in LAYOUTS.items() if layout.is_part)
ABOUT_PEOPLE = tuple(name for name, layout in LAYOUTS.items() if layout.is_about_people)
CONFIRMED_FIRST = tuple(name for name, layout in LAYOUTS.items() if layout.is_confirmed_first)


def layout_of(name: str) -> Layout:
    """The layout of that name, those of the clinic's own tables included."""
    return OF_THE_CLINIC.get(name) or LAYOUTS[name]


def check_front(front: Mapping[str, object]) -> list[tuple[str, str]]:
    """Every fault of a front matter as (key, sentence)."""
    name = front.get("layout")
    if not isinstance(name, str) or name not in LAYOUTS:
        known = ", ".join(LAYOUTS)
        if "layout" not in front:
            return [("layout", f"“layout” is missing; add “layout: ” and one of: {known}")]
        return [("layout", f"the layout “{name}” is not known; write one of: {known}")]
    return list(LAYOUTS[name].schema.problems(front))


def words_from(front: Mapping[str, Any], body: str) -> dict[str, Any]:
    """A front matter (already checked) and a body as the words of a revision."""
    details = {key: value for key, value in front.items() if key not in COMMON}
    return {
        "title": front["title"].strip(),
        "menu_title": front.get("menu_title") or "",
        "summary": (front.get("summary") or "").strip(),
        "description": (front.get("description") or "").strip(),
        "body": body,
        "details": details,
        "health": front.get("health", False),
    }


def without_review_items(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a revision without what only its reviewer reads."""
    details = words.get("details") or {}
    shown = {key: value for key, value in details.items() if key not in FOR_REVIEWERS}
    return {**words, "details": shown}


def language_of(words: Mapping[str, Any]) -> str:
    """The tag of the language that the words of a page are in; "" for English."""
    return str((words.get("details") or {}).get(LANGUAGE) or "")


def has_own_address(*, layout: str, body: str) -> bool:
    """Whether a page of this layout is read at its own address, or only on other pages."""
    if layout_of(layout).is_part:
        return False
    return not layout_of(layout).stands_on_index or (layout == "condition" and bool(body.strip()))
