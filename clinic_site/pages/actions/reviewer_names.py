"""The name that a reviewer signs with: their account's own, with titles of the trade after it. Pure.

An owner writes the name of an account under People, so nobody signs for somebody else.
"""

import re

from django.contrib.auth.models import User

TITLES = frozenset(
    "pt rpt physiotherapist physical therapist registered physiotherapist rmt registered massage therapist"
    " ot md dc nd rn np mpt mscpt bscpt bpt dpt mptsc msc bsc phd cgims gunn ims fcampt".split()
)
NO_NAME = "Your account has no name yet. Ask an owner to write it under People, then sign."


def own_names(user: User) -> tuple[str, ...]:
    """How the account's name may be written: in full, and with an initial; none without a name."""
    given, family = user.first_name.strip(), user.last_name.strip()
    full = f"{given} {family}".strip()
    return (full, f"{given[0]}. {family}") if given and family else (full,) if full else ()


def name_fault(name: str, user: User) -> str:
    """Why this person may not sign with this name; "" where they may."""
    names = own_names(user)
    if not names:
        return NO_NAME
    said, *titles = (part.strip() for part in name.split(","))
    if _plain(said) not in map(_plain, names):
        return f"Sign with your own name, as your account has it: {names[0]}."
    for title in titles:
        words = re.findall(r"[a-z]+", title.replace(".", "").casefold())
        if not words or not TITLES.issuperset(words):
            return f"“{title}” is no title that we know: write PT, or leave it out."
    return ""


def _plain(name: str) -> str:
    return " ".join(name.replace(".", ". ").split()).casefold()
