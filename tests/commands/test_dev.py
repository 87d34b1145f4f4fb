"""`manage.py dev`: every file that comes, changes, is renamed or goes is taken in, and browsers follow."""

import shutil
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page, expect

from clinic_site.env import BASE_DIR
from tests.commands.conftest import PARTS
from tests.commands.processes import eventually
from tests.serving import Site

pytestmark = pytest.mark.timeout(300)  # a start from a copy of the code, on a busy machine
QUESTION = """---
layout: question
title: {title}
topic: who-and-how-much
---

{words}
"""


@pytest.fixture(scope="module")
def dev(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The development server over a copy of the whole site."""
    folder = tmp_path_factory.mktemp("dev")
    code = folder / "code"
    for part in PARTS:
        shutil.copytree(BASE_DIR / part, code / part)
    shutil.copy2(BASE_DIR / "manage.py", code)
    running = Site(shutil.copytree(prepared, folder / "data"), code=code, DEBUG="1")
    running.start((sys.executable, "manage.py", "dev"))
    assert shows(running, "/faq/", "</html>")
    yield running
    running.stop()


def reads(site: Site, path: str) -> str:
    """The page as it is now; "" while nobody answers."""
    try:
        with urllib.request.urlopen(site.url + path, timeout=30) as answer:
            return str(answer.read().decode())
    except (URLError, ConnectionError):
        return ""


def shows(site: Site, path: str, words: str) -> bool:
    return eventually(lambda: words in reads(site, path))


def test_a_new_file_is_seen_and_its_new_name_too(dev: Site) -> None:
    file = dev.code / "content/faq/bring-a-friend.md"
    file.write_text(QUESTION.format(title="Can I bring a friend?", words="Yes, you can."))
    assert shows(dev, "/faq/", 'id="bring-a-friend"')
    file.rename(file.with_name("bring-someone.md"))
    assert shows(dev, "/faq/", 'id="bring-someone"')


def test_a_file_that_goes_is_told(dev: Site) -> None:
    file = dev.code / "content/glossary/soon-gone.md"
    file.write_text("---\nlayout: term\ntitle: Soon gone\n---\n\nA word.\n")
    assert shows(dev, "/glossary/", "Soon gone")
    file.unlink()
    assert eventually(lambda: "file gone    content/glossary/soon-gone.md" in dev.words())


def test_a_template_that_is_new_is_used(dev: Site) -> None:
    assert "Hello from a partial" not in reads(dev, "/safety/")
    templates = dev.code / "templates"
    (templates / "_hello.html").write_text("<p>Hello from a partial</p>")
    base = templates / "base.html"
    base.write_text(base.read_text().replace("</main>", '{% include "_hello.html" %}</main>'))
    assert shows(dev, "/safety/", "Hello from a partial")


def test_code_that_is_new_runs_in_a_new_process(dev: Site) -> None:
    before = reads(dev, "/__dev__/version")
    (dev.code / "clinic_site/brand_new.py").write_text('"""New."""\n')
    assert eventually(lambda: reads(dev, "/__dev__/version") not in ("", before))


def test_an_open_page_follows_and_what_is_typed_stays(dev: Site, page: Page) -> None:
    file = dev.code / "content/safety.md"
    typing = page.context.new_page()
    typing.goto(f"{dev.url}/search/?q=pain")
    typing.locator("main input[name=q]").first.fill("half a word")
    page.goto(f"{dev.url}/safety/")
    file.write_text(file.read_text().replace("\ntitle: ", "\ntitle: Newly, ", 1))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Newly, ", timeout=60_000)
    expect(typing.locator("main input[name=q]").first).to_have_value("half a word")


def test_nothing_of_it_is_there_for_patients(
    client: Client, settings: LazySettings, published: None
) -> None:
    assert not settings.DEBUG
    assert client.get("/__dev__/version").status_code == 404
    assert b"__dev__" not in client.get("/").content
