"""A file of content/ and staff disagree: seen side by side, settled by a person, nothing silent."""

import json

from playwright.sync_api import expect

from tests.browser.desk import Desk, SignedIn, open_once_it_reads
from tests.looking import PHONE, faults

ADD = """
from clinic_site.content_sync.models import Conflict, SourceFile
source = SourceFile.objects.get(page__path="glossary/sham-treatment")
revision = source.page.revisions.past().first()
Conflict.objects.create(source_file=source, field="body", head="live", revision=revision,
    base="A made-up needle.", file="A pretended needle.", mine=revision.body)
print("body:" + __import__("json").dumps(revision.body))
"""


def test_a_conflict_is_settled_with_the_words_of_the_file(desk: Desk, signed_in: SignedIn) -> None:
    done = desk.site.manage("shell", "-c", ADD)
    line = next(one for one in done.stdout.splitlines() if one.startswith("body:"))
    mine = json.loads(line.removeprefix("body:")).strip()
    page = signed_in("anna")
    page.goto(f"{desk.site.url}/admin/content_sync/conflict/")
    page.get_by_role("link", name="Text", exact=True).tap()
    base = page.get_by_role("region", name="What both started from")
    expect(base).to_contain_text("A made-up needle.")
    expect(page.get_by_role("region", name="The file now").locator("ins")).to_have_text("pretended")
    expect(page.get_by_role("region", name="Staff's words")).to_be_visible()
    assert page.get_by_role("textbox", name="Other words").input_value().strip() == mine
    assert faults(page, widths=(PHONE,)) == []
    page.get_by_label("The file's words").check()
    page.get_by_role("button", name="Settle it").tap()
    expect(page.locator(".success", has_text="the file's words taken")).to_be_visible()
    open_once_it_reads(page, desk.public("glossary"), "A pretended needle.")
    expect(page.get_by_text("A pretended needle.")).to_be_visible()
