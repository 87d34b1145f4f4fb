"""The rules of the house: what is not claimed, and which words need explaining. A YAML file that the clinic may edit.

DATA_DIR/claims.yaml takes the place of the shipped claims.yaml. A file that cannot be read never lets
a claim pass: the shipped rules stay in force, and `trouble` says what is wrong.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

HERE = Path(__file__).parent
SHIPPED = HERE / "claims.yaml"
NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|few|a couple of)"
KEYS = {"name", "phrases", "unless", "say"}
MOST_PHRASES = 2_000


class RulesError(ValueError):
    """What is wrong with a file of rules, and what to write."""


@dataclass(frozen=True)
class Rule:
    """One kind of claim: what it looks like, what excuses it, and what to say instead."""

    name: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    say: str


@dataclass(frozen=True)
class Rules:
    """All that the file says. `trouble`: why the clinic's own file is not in force; "" if all is well."""

    claims: tuple[Rule, ...]
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
    jargon = _phrases(said.get("jargon") or [], "jargon")
    return Rules(tuple(_rule(entry) for entry in said["claims"]), _any_of(jargon))


def _rule(entry: Any) -> Rule:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise RulesError("each claim needs a “name:”")
    name = entry["name"]
    if unknown := set(entry) - KEYS:
        raise RulesError(f"“{name}” has a key that is not known: {', '.join(map(str, unknown))}")
    pattern = _any_of(_phrases(entry.get("phrases"), name))
    if pattern is None or not isinstance(entry.get("say"), str):
        raise RulesError(f"“{name}” needs “phrases:” and “say:”")
    return Rule(
        name, pattern, _any_of(_phrases(entry.get("unless") or [], name)), entry["say"].strip()
    )


def _phrases(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_PHRASES:
        raise RulesError(f"“{name}” needs its phrases as a list")
    for phrase in value:
        if not isinstance(phrase, str) or not phrase.strip(" *#"):
            raise RulesError(f"“{name}” has a phrase without words: put it in quotes")
    return value


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    ways = sorted(map(_pattern, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)") if ways else None


def _pattern(phrase: str) -> str:
    """A phrase as a pattern that takes time in proportion to the text."""
    words = phrase.casefold().replace("’", "'").replace("-", " ").split()
    return "[ -]".join(
        NUMBER if word == "<number>" else r"\w*".join(map(re.escape, word.split("*")))
        for word in words
    )
