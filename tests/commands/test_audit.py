"""`make audit` tells apart: no known weakness, a known one, and that nothing could be asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR

CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNASKED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


def audit(tmp_path: Path, *dependencies: dict[str, object] | None) -> tuple[int, str]:
    """The exit code and the words, over a pip-audit that says this; None: that fails."""
    program = tmp_path / "pip-audit"
    words = "" if dependencies == (None,) else json.dumps({"dependencies": dependencies})
    program.write_text(f"#!{sys.executable}\nprint({words!r})\n")
    program.chmod(0o700)
    done = subprocess.run(
        (sys.executable, "deploy/audit", program), cwd=BASE_DIR, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_no_known_weakness_is_said_of_each_file(tmp_path: Path) -> None:
    code, words = audit(tmp_path, CLEAN)
    assert code == 0
    for file in BASE_DIR.glob("requirements*.txt"):
        assert f"{file.name}: 1 packages, no known weakness" in words


def test_a_weakness_fails_and_says_what_mends_it(tmp_path: Path) -> None:
    code, words = audit(tmp_path, CLEAN, WEAK, UNASKED)
    assert code == 1
    assert "b 2: PYSEC-1 (mended in 3)" in words


@pytest.mark.parametrize("dependencies", [(CLEAN, UNASKED), (None,)], ids=["unasked", "broken"])
def test_what_could_not_be_asked_is_no_good_news(
    tmp_path: Path, dependencies: tuple[dict[str, object] | None, ...]
) -> None:
    code, words = audit(tmp_path, *dependencies)
    assert code == 2
    assert "nothing is known" in words
