"""Languages by their tags (BCP 47): which are well formed, and which way they are written. Pure."""

import re
from collections.abc import Iterator

TAG = re.compile(r"\A[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z")
# By Unicode, languages that are mostly written in Arabic, Hebrew, Syriac, Thaana and N'Ko letters.
_FROM_THE_RIGHT = frozenset("ar arc ckb dv fa he ks nqo prs ps sd syr ug ur yi".split())
_RIGHT_SCRIPTS = frozenset(("Arab", "Hebr", "Syrc", "Thaa", "Nkoo"))


def language_tag(value: object) -> Iterator[str]:
    """A check for the tag of a language other than English, such as fr or zh-Hans."""
    if not isinstance(value, str) or not TAG.match(value):
        yield "write the short tag of a language, such as fr, pa, zh-Hans, zh-Hant, tl or fa"
    elif value.partition("-")[0] == "en":
        yield "leave it out where the page is in English"


def direction(tag: str) -> str:
    """How a language is written: "rtl" or "ltr"; a script in the tag decides, as in pa-Arab."""
    language, *others = tag.split("-")
    scripts = [one for one in others if len(one) == 4]
    is_right = scripts[0] in _RIGHT_SCRIPTS if scripts else language in _FROM_THE_RIGHT
    return "rtl" if is_right else "ltr"
