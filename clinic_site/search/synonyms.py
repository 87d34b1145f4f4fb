"""Words that mean the same when somebody searches, and best bets: a YAML file that the clinic may edit.

DATA_DIR/synonyms.yaml takes the place of the shipped file, whose head tells the form. A file that cannot be read
leaves the shipped one in force.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from clinic_site.search.engine_types import Phrase
from clinic_site.search.normalizing import stem, words_in

SHIPPED = Path(__file__).parent / "synonyms.yaml"
MOST_GROUPS, MOST_OF_A_GROUP = 500, 60
logger = logging.getLogger(__name__)
Same = Mapping[Phrase, Sequence[Phrase]]  # by their stems
Best = Mapping[Phrase, str]  # the stems of a phrase, and the address that comes first for it


class SynonymsError(ValueError):
    """What is wrong with a file of synonyms, and what to write."""


@dataclass(frozen=True)
class Synonyms:
    """All that the file says: each phrase with all phrases of its groups, and the best bets."""

    same: Same
    best: Best


def own_file() -> Path:
    """Where the clinic's own synonyms are, if it has any."""
    return Path(settings.DATA_DIR) / "synonyms.yaml"


def current_synonyms() -> Synonyms:
    """The file in force; read again when it changes."""
    try:
        return _read(own_file(), own_file().stat().st_mtime_ns)
    except FileNotFoundError:
        pass
    except (OSError, SynonymsError) as error:
        logger.warning("%s: %s. The shipped synonyms are in force.", own_file(), error)
    return _read(SHIPPED, SHIPPED.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Synonyms:
    try:
        return parse_synonyms(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SynonymsError("it cannot be read as UTF-8 text") from error


def parse_synonyms(text: str) -> Synonyms:
    """What a YAML text states. SynonymsError for what cannot be understood.

    >>> parse_synonyms("same:\\n  - [price, how much]").same[("pric",)]
    [('price',), ('how', 'much')]
    """
    try:
        said = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise SynonymsError("this is not YAML; write “same:” and a list of groups") from error
    groups = said.get("same") if isinstance(said, dict) else None
    if not isinstance(groups, list) or len(groups) > MOST_GROUPS:
        raise SynonymsError(f"write “same:” and a list of at most {MOST_GROUPS} groups")
    same: dict[Phrase, list[Phrase]] = {}
    for number, group in enumerate(groups, start=1):
        phrases = _phrases(group, f"group {number}", fewest=2)
        for phrase in phrases:
            known = same.setdefault(_stems(phrase), [])
            known += [one for one in phrases if one not in known]
    return Synonyms(same, _best(said.get("best")))


def _best(said: object) -> Best:
    if said is None:
        return {}
    if not isinstance(said, dict) or not all(isinstance(url, str) for url in said):
        raise SynonymsError(
            "write “best:” as addresses, each with the words that lead to it in [ ]"
        )
    return {
        _stems(phrase): url
        for url, words in said.items()
        for phrase in _phrases(words, f"“{url}”", fewest=1)
    }


def _phrases(said: object, what: str, *, fewest: int) -> list[Phrase]:
    if not isinstance(said, list) or not fewest <= len(said) <= MOST_OF_A_GROUP:
        raise SynonymsError(f"{what} is no list; write {fewest} to {MOST_OF_A_GROUP} words in [ ]")
    return [words for one in said if (words := tuple(words_in(str(one))))]


def _stems(phrase: Phrase) -> Phrase:
    return tuple(map(stem, phrase))
