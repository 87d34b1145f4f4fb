"""Every package that a clinic gets with the site has a licence that asks for no more than a notice, and is listed."""

import pytest

from tests.architecture.licences import PAGE, is_allowed, licence, packages, page


@pytest.mark.parametrize("name", packages())
def test_its_licence_is_allowed(name: str) -> None:
    assert is_allowed(licence(name)), licence(name)


def test_the_page_lists_each() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make lock writes it"


@pytest.mark.parametrize(
    ("words", "is_fine"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("MPL-2.0 AND MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU General Public License v2 or later (GPLv2+) or Mozilla Public License 1.1", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("BUSL-1.1", False),
        ("", False),
        ("Proprietary", False),
    ],
)
def test_what_is_allowed(words: str, is_fine: bool) -> None:
    assert is_allowed(words) is is_fine
