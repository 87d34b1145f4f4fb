"""Files of tests that are named elsewhere are there: a name that leads nowhere would be passed over in silence."""

import re

import pytest

from clinic_site.env import BASE_DIR
from tests.sharing_out import TOGETHER

TESTS = BASE_DIR / "tests"
NAMED = sorted(set(re.findall(r"tests/[\w/.]+", (BASE_DIR / ".ci/steady").read_text("utf-8"))))


@pytest.mark.parametrize("beginning", [one for group in TOGETHER.values() for one in group])
def test_what_stays_together_is_there(beginning: str) -> None:
    assert list(TESTS.glob(f"{beginning}*"))


@pytest.mark.parametrize("path", NAMED)
def test_what_is_repeated_under_load_is_there(path: str) -> None:
    assert (BASE_DIR / path).exists()
