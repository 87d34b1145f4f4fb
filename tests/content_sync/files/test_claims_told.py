"""Claims in files, also in those of clinic.md: told with file, line and advice as they come in; nothing stops."""

from typing import Any

import pytest

from clinic_site.clinic.models import Clinic, Location
from tests.content_sync.folder import CLINIC, PLACE, WEEK, ContentFolder, live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
CLAIM = "The best clinic in BC."
ADVICE = "(advice) “best clinic” in “The best clinic in BC.”"


def clinic(**said: Any) -> dict[str, Any]:
    return {"layout": "clinic", **CLINIC, **said}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"prices": [{"visit": CLAIM, "minutes": 30, "price": 90}]}, "prices:"),
        ({"locations": [{**PLACE, "hours": WEEK, "note": CLAIM}]}, "locations:"),
        ({"name": CLAIM}, "name: "),
        ({"summary": CLAIM}, "summary:"),
    ],
)
def test_a_claim_in_clinic_md_is_told_with_its_line_and_goes_in(
    content: ContentFolder, said: dict[str, Any], line: str
) -> None:
    content.write("clinic.md", **clinic(**said))
    written = (content.path / "clinic.md").read_text().splitlines()
    number = next(n for n, words in enumerate(written, 1) if words.startswith(line))
    told = content.sync()
    (message,) = told.faults
    assert message.startswith(f"content/clinic.md:{number}: (advice) “")
    assert "Write, for example" in message
    assert told.failure == ""
    assert Clinic.objects.exists()


def test_a_claim_in_a_body_is_told_with_its_own_line(content: ContentFolder) -> None:
    content.write("a.md", f"One line.\n\n{CLAIM}")
    (message,) = content.sync().faults
    lines = (content.path / "a.md").read_text().splitlines()
    assert message.startswith(f"content/a.md:{lines.index(CLAIM) + 1}: {ADVICE}")
    assert live("a").body.endswith(CLAIM)


def test_a_file_that_did_not_change_is_not_told_again(content: ContentFolder) -> None:
    content.write("clinic.md", **clinic(name=CLAIM))
    assert content.sync().faults
    assert content.sync().faults == []


def test_what_comes_with_the_code_is_told_once_the_clinic_changes_it(
    content: ContentFolder, shipped: ContentFolder
) -> None:
    shipped.write("a.md", CLAIM)
    assert content.sync().faults == []
    assert live("a").body == CLAIM
    content.write("a.md", f"{CLAIM} It cures pain.")
    assert len(content.sync().faults) == 2


def test_careful_words_are_told_nothing(content: ContentFolder) -> None:
    content.write("clinic.md", **clinic())
    assert content.sync().faults == []
    assert Location.objects.exists()
