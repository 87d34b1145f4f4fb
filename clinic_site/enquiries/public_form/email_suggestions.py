"""Slips in the names of well-known mail providers: "anna@gmial.con" is offered "anna@gmail.com", never changed."""

from functools import lru_cache

PROVIDERS = (
    "gmail.com",
    "hotmail.com",
    "hotmail.ca",
    "outlook.com",
    "live.com",
    "live.ca",
    "yahoo.com",
    "yahoo.ca",
    "icloud.com",
    "protonmail.com",
    "shaw.ca",
    "telus.net",
)
# Real providers that lie one slip away from another
ALSO_REAL = (
    *("mail.com", "email.com", "ymail.com", "gmx.com", "live.co", "live.cn", "me.com", "mailw.com"),
    *("gmail.co.uk", "fmail.com", "qmail.com", "mymail.com"),
)
LONG_NAME = (
    5  # letters from which on two slips, none in the first, are still taken for one provider
)


def likely_address(email: str) -> str:
    """The address that was probably meant, or "" when it looks right."""
    local, _, domain = email.rpartition("@")
    likely = likely_provider(domain.casefold()) if local else ""
    return f"{local}@{likely}" if likely else ""


@lru_cache(maxsize=1024)
def likely_provider(domain: str) -> str:
    """The provider that was probably meant by a domain in small letters, or "" when it looks right."""
    if domain in PROVIDERS or domain in ALSO_REAL:
        return ""
    near = [known for known in PROVIDERS if _is_near(domain, known)]
    return min(near, key=lambda known: distance(domain, known), default="")


def distance(left: str, right: str) -> int:
    """How many slips lie between two words: a sign too many, too few, another one, or two that changed places."""
    before: list[int] = []
    line = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        earlier, before, line = before, line, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, line[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            line.append(cost)
    return line[-1]


def _is_near(domain: str, known: str) -> bool:
    name, _, ending = domain.partition(".")
    known_name, _, known_ending = known.partition(".")
    slips, ending_slips = distance(name, known_name), distance(ending, known_ending)
    is_alike = len(known_name) >= LONG_NAME and name[:1] == known_name[:1]
    allowed = 2 if is_alike else 1
    return ending_slips <= 1 and slips + ending_slips <= allowed
