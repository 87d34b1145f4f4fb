"""The shape of the table "is this normal?": what a row needs, and what the editor and the sync say of a bad one."""

from pathlib import Path

import pytest
from django.test import Client

from clinic_site.markup import parse, read_source
from clinic_site.pages.checks.publishing import publishing_faults
from clinic_site.pages.models import Page
from clinic_site.pages.symptoms import Row, parts, table_problems

GOOD = """## Never from needling alone

### Fever

Often happens
: Never.

Doctor today
: You have a fever.

Emergency now
: You have a fever and a hot spot.

## Else

### Sore

Often happens
: For 1 to 2 days.

Help yourself
: Move gently.

Call us
: Over 3 days.
: Worse after the first day.

Call 9-1-1
: It hurts to breathe.

## Whom to call

> [!CALL]
> **Call 9-1-1**

> [!EMERGENCY]
> **Emergency now**

> [!TODAY]
> **Doctor today**

> [!SOON]
> **Call us**

> [!TIP]
> **It often happens**
"""


def told(text: str) -> list[tuple[int, str]]:
    """What is wrong, as (line, words)."""
    return [(problem.line, problem.message) for problem in table_problems(parse(text))]


def rows(text: str) -> list[Row]:
    """All rows of the text."""
    return [row for part in parts(parse(text)) for row in part.rows]


def test_a_whole_table_has_no_fault() -> None:
    assert told(GOOD) == []


def test_each_sign_stands_apart() -> None:
    sore = rows(GOOD)[1]
    signs = [[str(sign) for sign in answer.signs] for answer in sore.answers]
    assert signs == [
        ["For 1 to 2 days."],
        ["Move gently."],
        ["Over 3 days.", "Worse after the first day."],
        ["It hurts to breathe."],
    ]


def test_a_red_row_asks_for_help_before_any_sign_is_ticked() -> None:
    assert [row.least for row in rows(GOOD)] == [3, 1]


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("Call us\n", "Call the desk\n", 24, "“Call the desk” is no column"),
        ("Help yourself\n", "Call us\n", 21, "“Call us” stands twice in “Sore”"),
        ("Often happens\n: For 1 to 2 days.\n\n", "", 16, "“Sore” lacks “Often happens”"),
        (
            "Doctor today\n: You have a fever.\n\nEmergency now\n: You have a fever and a hot spot.\n",
            "",
            3,
            "does not say when to get help: add “Doctor today”",
        ),
        ("> [!TODAY]", "> [!NOTE]", 1, "add one that begins with “> [!TODAY]”"),
        (
            "Move gently.",
            "[Ask for a visit](/book/).",
            22,
            "A visit is not offered beside a warning",
        ),
    ],
)
def test_a_malformed_row_is_told_with_its_line(
    before: str, after: str, line: int, words: str
) -> None:
    found = told(GOOD.replace(before, after, 1))
    assert any(at == line and words in message for at, message in found)


def test_columns_in_another_order_are_told() -> None:
    turned = GOOD.replace("Help yourself\n: Move gently.\n\n", "").replace(
        ": It hurts to breathe.\n", ": It hurts to breathe.\n\nHelp yourself\n: Move gently.\n"
    )
    assert any("stand in another order" in message for _, message in told(turned))


def test_a_row_that_never_is_harmless_may_not_stand_behind_one_that_is() -> None:
    start, else_, whom = GOOD.index("## Never"), GOOD.index("## Else"), GOOD.index("## Whom")
    turned = GOOD[else_:whom] + GOOD[start:else_] + GOOD[whom:]
    assert any("move it before all rows that do" in message for _, message in told(turned))


def test_a_page_without_rows_is_told() -> None:
    assert "The table has no rows" in told("## Nothing\n\nWords.")[0][1]


@pytest.mark.django_db
def test_words_with_half_a_row_may_not_go_live() -> None:
    page = Page.objects.create(path="is-this-normal", layout="symptoms")
    found = publishing_faults(page, {"title": "Is this normal?", "body": GOOD})
    assert found == []
    broken = GOOD.replace("Doctor today\n", "Doctor\n", 1)
    (fault,) = [
        one for one in publishing_faults(page, {"title": "A", "body": broken}) if one.line == 8
    ]
    assert fault.field == "body" and "“Doctor” is no column" in fault.message


def test_the_reviewers_list_is_not_for_patients(client: Client, published: None) -> None:
    front = read_source(Path("content/is-this-normal.md").read_bytes()).front
    waiting = front["please_confirm"]
    assert isinstance(waiting, list) and len(waiting) > 10
    for address in ("/is-this-normal/", "/is-this-normal.md"):
        shown = client.get(address).content.decode()
        assert [one for one in waiting if one in shown] == []
