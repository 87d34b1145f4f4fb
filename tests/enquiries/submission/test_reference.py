"""References that survive being written down and read out over the phone."""

import re

from clinic_site.enquiries.submission.reference import SIGNS, new_reference


def test_no_sign_looks_like_another() -> None:
    assert not set(SIGNS) & set("01258BGILOQSUVZ")
    assert len(set(SIGNS)) == len(SIGNS)


def test_no_vowel_so_no_word() -> None:
    assert not set(SIGNS) & set("AEIOU")


def test_two_groups_of_four() -> None:
    assert re.fullmatch(rf"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", new_reference())


def test_references_differ() -> None:
    assert len({new_reference() for _ in range(1000)}) == 1000
