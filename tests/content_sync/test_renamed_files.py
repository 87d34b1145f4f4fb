"""A renamed file takes its page, its history and its address along, edited or not, in chains and in circles."""

from django.contrib.redirects.models import Redirect

from clinic_site.content_sync.renamed_files import renames
from clinic_site.pagecache.stamp import read
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder, live

LONG = "\n\n".join(f"Sentence {number} of the words of this page." for number in range(9))


def rename(content: ContentFolder, *pairs: tuple[str, str]) -> None:
    """All at once: no file is where another was before."""
    for old, _ in pairs:
        (content.path / old).rename(content.path / f"{old}.now")
    for old, new in pairs:
        (content.path / f"{old}.now").rename(content.path / new)


def leads() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_renamed_and_edited_in_one_step(content: ContentFolder) -> None:
    content.write("safety.md", LONG, title="Safe")
    content.sync()
    content.remove("safety.md")
    content.write("is-it-safe.md", f"{LONG}\n\nOne more.", title="Is it safe?")
    run = content.sync()
    assert not run.failure
    page = Page.objects.get()
    assert (page.path, page.source_path) == ("is-it-safe", "is-it-safe.md")
    assert live("is-it-safe").title == "Is it safe?"
    assert page.revisions.count() == 2
    assert leads() == {"/safety/": "/is-it-safe/"}
    assert "gone" not in content.sync().out


def test_a_new_file_of_other_words_is_a_new_page(content: ContentFolder) -> None:
    content.write("safety.md", LONG, title="Safe")
    content.sync()
    content.remove("safety.md")
    content.write("cost.md", "A visit costs what the desk tells you when you ask.", title="Cost")
    run = content.sync()
    assert ("1 created" in run.summary, "file gone" in run.summary) == (True, True)
    assert leads() == {}


def test_a_chain(content: ContentFolder) -> None:
    content.write("a.md", "First.", title="A")
    content.write("b.md", "Second.", title="B")
    content.sync()
    pages = dict(Page.objects.values_list("path", "pk"))
    Redirect.objects.create(site_id=1, old_path="/old-b/", new_path="/b/")
    rename(content, ("a.md", "b.md"), ("b.md", "d.md"))
    run = content.sync()
    assert not run.failure
    assert "2 moved" in run.summary
    assert dict(Page.objects.values_list("path", "pk")) == {"b": pages["a"], "d": pages["b"]}
    assert (live("b").body, live("d").body) == ("First.", "Second.")
    assert leads() == {"/a/": "/b/", "/old-b/": "/d/"}
    assert "2 unchanged" in content.sync().summary


def test_two_files_trade_places(content: ContentFolder) -> None:
    content.write("a.md", "First.", title="A")
    content.write("b.md", "Second.", title="B")
    content.sync()
    pages = dict(Page.objects.values_list("path", "pk"))
    rename(content, ("a.md", "b.md"), ("b.md", "a.md"))
    assert not content.sync().failure
    assert dict(Page.objects.values_list("path", "pk")) == {"b": pages["a"], "a": pages["b"]}
    assert leads() == {}


def test_a_renamed_file_at_the_address_of_a_page_of_staff_is_that_pages(
    content: ContentFolder, staff_page: None
) -> None:
    content.write("a.md", "First.", title="Ours")
    content.sync()
    rename(content, ("a.md", "staff-page.md"))
    assert content.sync().failure == "1 conflict to be settled by an editor."
    assert live("staff-page").body == "## Made by staff"
    assert live("a").body == "First."


def test_pages_in_memory_hear_of_a_rename(content: ContentFolder) -> None:
    content.write("safety.md", "Words.")
    content.sync()
    before = read()
    rename(content, ("safety.md", "is-it-safe.md"))
    content.sync()
    assert read() != before


def test_a_file_that_was_copied_is_a_new_page() -> None:
    known = {"a.md": "Words."}
    assert renames(known=known, lost=(), files={"a.md": "Words.", "b.md": "Words."}) == {}


def test_the_better_likeness_wins() -> None:
    files = {"new.md": LONG, "newer.md": f"{LONG}\nMore."}
    known = {"old.md": f"{LONG}\nMore.\nAnd more."}
    assert renames(known=known, lost={"old.md"}, files=files) == {"newer.md": "old.md"}


def test_very_many_files_are_compared_by_their_whole_text_alone() -> None:
    known = {f"old-{number}.md": f"{number} {LONG}" for number in range(102)}
    files = {f"new-{number}.md": f"{number} {LONG}\nMore." for number in range(101)}
    same = {"same.md": f"101 {LONG}"}
    assert renames(known=known, lost=known, files=files | same) == {"same.md": "old-101.md"}
