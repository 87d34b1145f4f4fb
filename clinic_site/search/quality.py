"""How good the search is on the site as it stands: measured by the worker, told to staff on their first page.

DATA_DIR/search_questions.json takes the place of the shipped list of questions, in the same form.
"""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from clinic_site.search.evaluation import JudgementsError, judge

SHIPPED = Path(__file__).parent / "questions.json"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Quality:
    """How many of the questions have their answer among the first three."""

    found: int
    asked: int


def questions_file() -> Path:
    """The clinic's own list, or the shipped one."""
    own = Path(settings.DATA_DIR) / "search_questions.json"
    return own if own.exists() else SHIPPED


def measure_quality() -> Quality | None:
    """Ask all questions and keep the figure; None where the list cannot be read."""
    try:
        verdict = judge(questions_file())
    except JudgementsError as error:
        logger.warning("The quality of the search is not measured: %s", error)
        _path().unlink(missing_ok=True)
        return None
    quality = Quality(verdict.found, len(verdict.judged))
    trial = _path().with_name(f".{_path().name}")
    trial.write_text(json.dumps(asdict(quality)), encoding="utf-8")
    trial.replace(_path())
    return quality


def last_quality() -> Quality | None:
    """The figure that was kept last; None where there is none."""
    try:
        return Quality(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "search_quality.json"
