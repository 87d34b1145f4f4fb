"""Links the first use of each term in a text to where it is explained."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest

from markdown_it.token import Token

from clinic_site.markup.parsing import WARNING_CARDS

Terms = tuple[tuple[str, str], ...]  # (name, address); several names may have one address
# Titles and labels stay as they are, and nothing leads away from a warning.
_UNTOUCHED = {"heading_open": "heading_close", "dt_open": "dt_close", "th_open": "th_close"}


def explain(tokens: list[Token], terms: Terms) -> list[Token]:
    """The tokens with links around the first use of each term; those given stay as they are."""
    if not terms:
        return tokens
    finder = _Finder(terms)
    return [
        token.copy(children=finder.linked(token.children)) if is_prose and token.children else token
        for token, is_prose in _places(tokens)
    ]


def _places(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it holds words in which a term may be explained."""
    until, level = "", 0
    for token in tokens:
        if not until and _is_untouched(token):
            until, level = _UNTOUCHED.get(token.type, "blockquote_close"), token.level
        yield token, token.type == "inline" and not until
        if token.type == until and token.level == level:
            until = ""


def _is_untouched(token: Token) -> bool:
    return token.type in _UNTOUCHED or (
        token.type == "blockquote_open" and token.meta.get("call_out") in WARNING_CARDS
    )


class _Finder:
    """Goes through a text and links each term once."""

    def __init__(self, terms: Terms) -> None:
        self._pattern, self._addresses = _reader(terms)
        self._linked: set[str] = set()

    def linked(self, children: Iterable[Token]) -> list[Token]:
        """What stands within a line, with the terms that had no link before."""
        found: list[Token] = []
        depth = 0
        line = list(children)
        for child, after in zip_longest(line, line[1:]):
            depth += child.nesting if child.type.startswith("link_") else 0
            is_noted = after is not None and after.type == "footnote_ref"
            found += self._split(child, is_noted) if child.type == "text" and not depth else [child]
        return found

    def _split(self, text: Token, is_noted: bool) -> Iterator[Token]:
        """`is_noted`: a source follows, whose number needs its own room for a finger beside a link."""
        words, start = text.content, 0
        for match in self._pattern.finditer(words):
            address = _address(self._addresses, match[0])
            is_beside = is_noted and not any(map(str.isalnum, words[match.end() :]))
            if not address or address in self._linked or is_beside:
                continue
            self._linked.add(address)
            yield text.copy(content=words[start : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield text.copy(content=match[0])
            yield Token("link_close", "a", -1)
            start = match.end()
        yield text.copy(content=words[start:])


@lru_cache(maxsize=4)
def _reader(terms: Terms) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds every name, the longest first, and the address of each."""
    names = sorted((name for name, _ in terms), key=len, reverse=True)
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?:e?s)?(?![\w-])"
    addresses = {_key(name): address for name, address in reversed(terms)}
    return re.compile(pattern, re.IGNORECASE), addresses


def _key(name: str) -> str:
    """An abbreviation is known by its capitals: IMS is a term, "ims" is not."""
    return name if name.isupper() else name.casefold()


def _address(addresses: Mapping[str, str], used: str) -> str:
    """The address of a term as it is used, in the singular or the plural; "" for none."""
    singulars = (used, used.removesuffix("s"), used.removesuffix("es"))
    keys = [key for one in singulars for key in (one, one.casefold())]
    return next((addresses[key] for key in keys if key in addresses), "")
