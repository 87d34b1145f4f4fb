"""Warning cards in files: a name that no card has is a fault with its line, in the page that says it."""

import pytest

from tests.content_sync.folder import ContentFolder

pytestmark = pytest.mark.django_db
CARD = "> [!CALL]\n> **Call 9-1-1: chest**\n>\n> - Chest pain.\n"


def test_a_page_may_name_a_card_of_the_same_sync(content: ContentFolder) -> None:
    content.write("cards/chest.md", CARD, layout="card")
    content.write("aftercare.md", "> [!CARD] chest\n")
    assert content.sync().faults == []


@pytest.mark.parametrize(
    ("path", "body", "advice"),
    [
        (
            "aftercare.md",
            "One.\n\n> [!CARD] chess\n",
            "There is no card “chess”; write one of: chest",
        ),
        ("cards/again.md", "> [!CARD] chest\n", "a warning card shows no other card"),
        ("chest.md", CARD, "move the file to cards/chest.md"),
    ],
)
def test_what_is_wrong_with_a_card_is_told(
    content: ContentFolder, path: str, body: str, advice: str
) -> None:
    content.write("cards/chest.md", CARD, layout="card")
    content.write(path, body, layout="article" if path == "aftercare.md" else "card")
    faults = content.sync().faults
    assert [fault for fault in faults if advice in fault and path in fault] != []
