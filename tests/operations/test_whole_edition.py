"""All pages of a clinic as files: after a change no more is rendered than what has changed."""

from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.markup import parse
from clinic_site.operations.static_export import EditionWriter
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page


@pytest.mark.usefixtures("published")
def test_a_change_of_one_page_renders_its_words_alone(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = settings.PUBLIC_DIR = tmp_path
    writer = EditionWriter()
    writer.keep_in_step()
    rendered = parse.cache_info().misses
    page = Page.objects.get(path="privacy")
    publish(page=page, words={"title": "Privacy", "body": "New words."}, by=None)
    assert writer.keep_in_step()
    assert parse.cache_info().misses - rendered == 1
