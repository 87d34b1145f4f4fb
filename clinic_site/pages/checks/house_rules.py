"""The rules of the house: what is not claimed, and which words need explaining. A YAML file that the clinic may edit.

DATA_DIR/claims.yaml takes the place of the shipped claims.yaml, whose head tells the form. A file that cannot
be read never lets a claim pass: the shipped rules stay in force, and `trouble` says what is wrong.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from clinic_site.pages.checks.contexts import NO_PHRASES, Context
from clinic_site.pages.checks.phrases import PhraseBook, PhraseError, book_of, number_book

HERE = Path(__file__).parent
SHIPPED = HERE / "claims.yaml"
BLOCK, ADVICE = "block", "advice"
KEYS = {"name", "level", "phrases", "unless", "passes", "softens", "say", "instead"}
CONTEXT_KEYS = {"begins", "before", "within", "after", "anywhere", "not", "ends", "reach"}
MOST_PHRASES = 2_000


class RulesError(ValueError):
    """What is wrong with a file of rules, and what to write."""


@dataclass(frozen=True)
class Rule:
    """One kind of claim: what it looks like, what excuses it, and what to write instead.

    `is_sure`: it blocks; otherwise it is advice. In one of the contexts of `passes` it is no claim, in
    one of `softens` it is advice.
    """

    name: str
    is_sure: bool
    phrases: Sequence[str]
    unless: PhraseBook
    passes: tuple[Context, ...]
    softens: tuple[Context, ...]
    say: str
    instead: str = ""


@dataclass(frozen=True, eq=False)
class Rules:
    """All that the file says. `trouble`: why the clinic's own file is not in force; "" if all is well.

    `book` has the phrases of all rules, each tagged with the place of its rule.
    """

    claims: tuple[Rule, ...]
    book: PhraseBook
    jargon: re.Pattern[str] | None
    trouble: str = ""


def own_file() -> Path:
    """Where the clinic's own rules are, if it has any."""
    return Path(settings.DATA_DIR) / "claims.yaml"


def current_rules() -> Rules:
    """The rules in force; read again when the file changes."""
    shipped = _read(SHIPPED, SHIPPED.stat().st_mtime_ns)
    try:
        changed = own_file().stat().st_mtime_ns
    except OSError:
        return shipped
    try:
        return _read(own_file(), changed)
    except RulesError as error:
        return replace(shipped, trouble=f"{own_file()}: {error}. The shipped rules are in force.")


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Rules:
    try:
        return parse_rules(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError("it cannot be read as UTF-8 text") from error


def parse_rules(text: str) -> Rules:
    """The rules that a YAML text states. RulesError for what cannot be understood."""
    try:
        said = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise RulesError(f"this is not YAML ({where})") from error
    if not isinstance(said, dict) or not isinstance(said.get("claims"), list) or not said["claims"]:
        raise RulesError("write a list under “claims:”")
    sets = {"number": number_book()}
    for name, phrases in _named(said, "words"):
        sets[name] = _book(phrases, name, sets)
    contexts = {name: _context(entry, name, sets) for name, entry in _named(said, "contexts")}
    jargon = _phrases(said.get("jargon") or [], "jargon")
    claims = tuple(_rule(entry, sets, contexts) for entry in said["claims"])
    book = book_of(*(rule.phrases for rule in claims), sets=sets)
    return Rules(claims, book, _any_of(jargon))


def _rule(entry: Any, sets: Mapping[str, PhraseBook], contexts: Mapping[str, Context]) -> Rule:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise RulesError("each claim needs a “name:”")
    name = entry["name"]
    _know_keys(entry, name, KEYS)
    phrases = _phrases(entry.get("phrases"), name)
    _book(phrases, name, sets)  # understood here, where the rule's name is known
    if not phrases or not isinstance(entry.get("say"), str):
        raise RulesError(f"“{name}” needs “phrases:” and “say:”")
    if entry.get("level", BLOCK) not in (BLOCK, ADVICE):
        raise RulesError(f"“{name}” has another level than “block” or “advice”")
    return Rule(
        name=name,
        is_sure=entry.get("level", BLOCK) == BLOCK,
        phrases=phrases,
        unless=_book(entry.get("unless") or [], name, sets),
        passes=_chosen(entry.get("passes"), name, contexts),
        softens=_chosen(entry.get("softens"), name, contexts),
        say=entry["say"].strip(),
        instead=str(entry.get("instead") or "").strip(),
    )


def _context(entry: Any, name: str, sets: Mapping[str, PhraseBook]) -> Context:
    if not isinstance(entry, Mapping):
        raise RulesError(f"“{name}” needs keys such as “before:” or “anywhere:”")
    _know_keys(entry, name, CONTEXT_KEYS)
    within = entry.get("within", 8)
    if not isinstance(within, int) or not 1 <= within <= 50:
        raise RulesError(f"“{name}” needs a number of words from 1 to 50 as “within:”")
    if entry.get("reach", "clause") not in ("clause", "comma"):
        raise RulesError(f"“{name}” has another reach than “clause” or “comma”")
    books = {key: _book(entry.get(key) or [], name, sets) for key in NO_PHRASES}
    return Context(
        within=within,
        stops_at_comma=entry.get("reach", "clause") == "comma",
        ends=str(entry.get("ends") or ""),
        voids=books.pop("not"),
        **books,
    )


def _named(said: Mapping[str, Any], key: str) -> Iterable[tuple[str, Any]]:
    named = said.get(key) or {}
    if not isinstance(named, Mapping) or not all(isinstance(name, str) for name in named):
        raise RulesError(f"write names, each with its own lines, under “{key}:”")
    return named.items()


def _know_keys(entry: Mapping[str, Any], name: str, known: set[str]) -> None:
    if unknown := set(entry) - known:
        raise RulesError(f"“{name}” has a key that is not known: {', '.join(map(str, unknown))}")


def _chosen(names: Any, rule: str, contexts: Mapping[str, Context]) -> tuple[Context, ...]:
    for name in names or ():
        if name not in contexts:
            raise RulesError(f"“{rule}” names a context that is not there: {name}")
    return tuple(contexts[name] for name in names or ())


def _book(value: Any, name: str, sets: Mapping[str, PhraseBook]) -> PhraseBook:
    try:
        return book_of(_phrases(value, name), sets=sets)
    except PhraseError as error:
        raise RulesError(f"“{name}”: {error}") from error


def _phrases(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_PHRASES:
        raise RulesError(f"“{name}” needs its phrases as a list")
    for phrase in value:
        if not isinstance(phrase, str) or not phrase.strip(" *#."):
            raise RulesError(f"“{name}” has a phrase without words: put it in quotes")
    return value


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Words of the trade as one pattern, which takes time in proportion to the text."""
    ways = sorted(map(_pattern, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)") if ways else None


def _pattern(phrase: str) -> str:
    words = phrase.casefold().replace("’", "'").replace("-", " ").split()
    return "[ -]".join(r"\w*".join(map(re.escape, word.split("*"))) for word in words)
