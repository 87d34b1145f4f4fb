"""Words that mean the same when somebody searches: a YAML file that the clinic may edit.

DATA_DIR/synonyms.yaml takes the place of the shipped file, whose head tells the form. A file that cannot be read
leaves the shipped one in force.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from clinic_site.search.words import words_in

SHIPPED = Path(__file__).parent / "synonyms.yaml"
MOST_GROUPS, MOST_OF_A_GROUP = 500, 40
logger = logging.getLogger(__name__)
Phrase = tuple[str, ...]
Same = Mapping[Phrase, Sequence[Phrase]]


class SynonymsError(ValueError):
    """What is wrong with a file of synonyms, and what to write."""


def own_file() -> Path:
    """Where the clinic's own synonyms are, if it has any."""
    return Path(settings.DATA_DIR) / "synonyms.yaml"


def current_synonyms() -> Same:
    """Each phrase with all phrases of its groups; read again when the file changes."""
    try:
        return _read(own_file(), own_file().stat().st_mtime_ns)
    except FileNotFoundError:
        pass
    except (OSError, SynonymsError) as error:
        logger.warning("%s: %s. The shipped synonyms are in force.", own_file(), error)
    return _read(SHIPPED, SHIPPED.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Same:
    try:
        return parse_synonyms(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SynonymsError("it cannot be read as UTF-8 text") from error


def parse_synonyms(text: str) -> Same:
    """The groups that a YAML text states. SynonymsError for what cannot be understood.

    >>> parse_synonyms("same:\\n  - [price, how much]")[("how", "much")]
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
        if not isinstance(group, list) or not 2 <= len(group) <= MOST_OF_A_GROUP:
            raise SynonymsError(
                f"group {number} is no list; write 2 to {MOST_OF_A_GROUP} words in [ ]"
            )
        phrases = [words for one in group if (words := tuple(words_in(str(one))))]
        for phrase in phrases:
            same.setdefault(phrase, []).extend(phrases)
    return same
