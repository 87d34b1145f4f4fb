"""Every fault of every file is told in one run, with its line; what is at fault stays as it was."""

import pytest

from clinic_site.content_sync.models import SourceFile
from clinic_site.pages.models import Page
from tests.content_sync.folder import CLINIC, FRONT, ContentFolder, live

HELD = "what is at fault is held back, all else is taken in."
HOW_OFTEN = (
    "---\nlayout: phases\ntitle: How often\nphases:\n  - section: start\n    label: Weekly\n"
    "    weeks_between: [1, 1]\n---\n\n"
)
DRAWN = (
    "---\nlayout: walkthrough\ntitle: First\ndrawings:\n  - item: start\n    shows: rest\n"
    "    words: You rest.\n---\n\n"
)


@pytest.mark.parametrize(
    ("path", "text", "line", "words"),
    [
        ("a.md", "---\nlayout: article\ntitle: a: b\n---\n", 3, "quotes"),
        ("a.md", "---\nlayout: article\n---\n\nWords.\n", 1, "“title” is missing"),
        ("a.md", "---\nlayout: article\ntitle: A\ncolour: red\n---\n", 4, "“colour” is not known"),
        ("a.md", "---\ntitle: A\nlayout: poem\n---\n", 3, "the layout “poem” is not known"),
        ("a.md", "---\ntitle: A\n---\n", 1, "“layout” is missing"),
        ("a.md", f"{FRONT}[there](/nowhere/)\n", 6, "there is no page at /nowhere/"),
        ("a.md", f"{FRONT}Words.\n\n[there](/a/#b)\n", 8, "has no place with the anchor “#b”"),
        ("a.md", f"{FRONT}[there](#b)\n", 6, "no place on this page has the anchor “#b”"),
        ("a.md", f"{FRONT}[there](/a)\n", 6, "lacks its last slash; write /a/"),
        ("a.md", f"{FRONT}[admin](/admin/)\n", 6, "there is no page at /admin/"),
        ("a.md", f"{FRONT}![A hand](image:12)\n", 6, "no image “image:12”"),
        ("a.md", f"{FRONT}![A hand](/static/img/none.svg)\n", 6, "no file /static/img/none.svg"),
        ("a.md", f"{FRONT}\n\n## One\n\n#### Three\n", 10, "skips a level"),
        ("a.md", f"{HOW_OFTEN}## Begin\n", 4, "no section of this page has the anchor “start”"),
        ("a.md", f"{DRAWN}## Begin\n", 4, "no item of this page has the anchor “start”"),
        ("About us.md", FRONT, 1, "such as about-us.md"),
        ("About.md", FRONT, 1, "such as about.md"),
        ("a_b/c.md", FRONT, 1, "such as a-b/c.md"),
        ("index.md", FRONT, 1, "the home page is home.md"),
        ("notes.txt", "Words.", 1, "is not a .md file"),
        ("admin.md", FRONT, 1, "/admin/ is an address of the site itself"),
        ("q.md", "---\nlayout: question\ntitle: Why?\n---\n", 2, "index.md has layout “faq”"),
        ("big.md", FRONT + "a" * 1_000_000, 1, "share it out"),
        (
            "a.md",
            f"{FRONT}Old.\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> new\n",
            7,
            "keep one of the two",
        ),
        (
            "a.md",
            "---\nlayout: article\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n---\n",
            3,
            "git's mark",
        ),
        ("a.md", f"{FRONT}One.\r\n>>>>>>> new\r\n", 7, "git's mark"),
        ("a.md", f"{FRONT}One.\n||||||| 1a2b3c4\n", 7, "git's mark"),
        ("a.md", f"{FRONT}One.\n\n=======\n\nTwo.\n", 8, "git's mark"),
        ("a.md", f"\n{FRONT}Words.\n", 2, "the front matter begins here"),
        ("a.md", f"A note to myself\n{FRONT}Words.\n", 2, "the front matter begins here"),
        ("a.md", "---\nlayout: article\ntitle: \u200b\n---\n", 3, "write some text"),
        ("a.md", "---\nlayout: article\ntitle: \u3164\n---\n", 3, "write some text"),
        ("a.md", "---\nlayout: article\ntitle: Unit #200\n---\n", 3, "“#200” is left out"),
        ("a.md", "---\nlayout: article\ntitle: A\ndescription: [a]\n---\n", 4, "write some text"),
        ("a.md", f"{FRONT}![A hand](/static/../../settings.py)\n", 6, "there is no file"),
        ("k.md", "---\nlayout: condition\ntitle: K\nareas: [[knee]]\n---\n", 4, "write one of"),
        (
            "s.md",
            f"---\nlayout: symptoms\ntitle: S\nplease_confirm: [{'w' * 301}]\n---\n",
            4,
            "300",
        ),
        ("k.md", HOW_OFTEN.replace("[1, 1]", "[1, .inf]"), 4, "write a number of"),
        ("k.md", HOW_OFTEN.replace("[1, 1]", "[.nan, 1]"), 4, "write a number of"),
    ],
)
def test_a_fault_is_told_with_its_line(
    content: ContentFolder, path: str, text: str, line: int, words: str
) -> None:
    content.write_text(path, text)
    run = content.sync()
    assert run.failure == f"1 fault; {HELD}"
    assert run.faults[0].startswith(f"content/{path}:{line}: ")
    assert words in run.faults[0]
    assert not Page.objects.exists()


def test_bytes_that_are_not_utf_8_are_told_with_their_line(content: ContentFolder) -> None:
    (content.path / "a.md").write_bytes(FRONT.encode() + b"caf\xe9\n")
    assert content.sync().faults[0].startswith("content/a.md:6: Byte 4 of this line")


def test_a_topic_that_the_index_does_not_have(content: ContentFolder) -> None:
    content.write("faq/index.md", layout="faq", topics=[{"slug": "cost", "title": "Cost"}])
    content.write("faq/why.md", layout="question", topic="costs")
    assert content.sync().faults == [
        "content/faq/why.md:4: the topic “costs” is not in the folder's index.md; write one of: cost"
    ]


def test_two_pages_of_the_clinic(content: ContentFolder) -> None:
    content.write("clinic.md", layout="clinic", **CLINIC)
    content.write("other.md", layout="clinic", **CLINIC)
    assert "one page has the layout “clinic”, and it is clinic.md" in content.sync().faults[0]


def test_two_pages_about_the_practitioners(content: ContentFolder) -> None:
    content.write("people.md", layout="practitioners")
    content.write("team.md", layout="practitioners")
    assert "one page has the layout “practitioners”" in content.sync().faults[0]


def test_a_value_that_its_column_cannot_hold(content: ContentFolder) -> None:
    content.write("clinic.md", layout="clinic", **(CLINIC | {"email": "nobody"}))
    content.write("other.md", "Words.")
    assert content.sync().faults == ["content/clinic.md:6: “email”: Enter a valid email address."]
    assert Page.objects.get().path == "other"


def test_all_faults_of_all_files_come_at_once_and_the_good_file_is_taken_in(
    content: ContentFolder,
) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    content.write("safety.md", "New words.")
    content.write("a.md", "[x](/nowhere/)\n\n#### Deep")
    content.write("b.md", title=None, colour="red")
    run = content.sync()
    assert [fault.split(": ")[0] for fault in run.faults] == [
        "content/a.md:6",
        "content/a.md:8",
        "content/b.md:1",
        "content/b.md:3",
    ]
    assert run.failure == f"4 faults; {HELD}"
    assert live("safety").body == "New words."
    assert [source.path for source in SourceFile.objects.all()] == ["safety.md"]


def test_a_position_that_is_too_great(content: ContentFolder) -> None:
    content.write("safety.md")
    content.sync()
    content.write("safety.md", position=10**30)
    assert content.sync().faults[0].startswith("content/safety.md:4: “position”: ")


@pytest.mark.parametrize(
    "closure",
    [
        {"from": "2026-12-24", "to": "9999-12-31"},
        {"from": "0001-01-01", "to": "2026-12-24"},
        {"from": "2026-02-30", "to": "2026-12-24"},
        {"from": "2026-12-24", "to": "2026-12-24 10:00:00"},
    ],
)
def test_a_closure_on_a_day_that_no_clock_can_count(
    content: ContentFolder, closure: dict[str, str]
) -> None:
    content.write("safety.md", "Words.")
    closures = [closure | {"reason": "Away"}]
    content.write("clinic.md", layout="clinic", **(CLINIC | {"closures": closures}))
    run = content.sync()
    assert [fault.split(" ")[0] for fault in run.faults] == ["content/clinic.md:16:"]
    assert "day" in run.faults[0]
    assert live("safety").body == "Words."


def test_a_row_of_equals_signs_under_a_heading_is_markdown(content: ContentFolder) -> None:
    content.write("a.md", "Words.\n\nWhat helps\n=======\n\n| a | b |\n|---|---|\n| | |\n")
    content.write_text("b.md", f"{FRONT}> > quoted\n\n    <<<<<<< code\n\n>>>>>> six\n")
    assert not [fault for fault in content.sync().faults if "git" in fault]
