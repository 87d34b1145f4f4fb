"""Synonyms: the shipped ones, the clinic's own in their place, and a file that cannot be understood."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from clinic_site.search.synonyms import SynonymsError, parse_synonyms
from tests.search.conftest import Search

pytestmark = pytest.mark.django_db


def test_words_that_mean_the_same_find_the_same(search: Search) -> None:
    assert search("eliquis").urls[0] == "/faq/#blood-thinners"
    assert search("how much").urls[0] == "/faq/#cost"


def test_the_clinics_own_file_takes_the_place_of_the_shipped_one(
    search: Search, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "synonyms.yaml").write_text("same:\n  - [zorbing, cost]\n")
    assert search("zorbing").urls[0] == "/faq/#cost"


def test_a_file_that_cannot_be_understood_leaves_the_shipped_one_in_force(
    search: Search, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "synonyms.yaml").write_text("same: [zorbing")
    assert search("how much").urls[0] == "/faq/#cost"


@pytest.mark.parametrize("words", ["", "[", "same: 3", "same:\n  - one\n", "same:\n  - [one]\n"])
def test_what_is_wrong_is_said(words: str) -> None:
    with pytest.raises(SynonymsError, match=r"write|group"):
        parse_synonyms(words)
