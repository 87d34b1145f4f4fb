"""The checks of `make lint` hold, and Django's own checks for production do."""

import subprocess
import sys
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.serving import untouched

BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
LINT = {
    "layers": (str(BIN / "lint-imports"), "--no-cache"),
    "ruff": (sys.executable, "-m", "ruff", "check", "--no-cache", "."),
    "format": (sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "."),
    "templates": (str(BIN / "djlint"), "templates", "--lint", "--quiet"),
    "types": (sys.executable, "-m", "mypy"),
    "migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
}
PRODUCTION = {"SITE_URL": "https://clinic.example.ca", "DEBUG": "0"}


def run(command: tuple[str, ...], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it at the top of the repository, with test settings unless told otherwise."""
    environment = untouched() | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | variables
    return subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("check", LINT)
def test_lint(check: str) -> None:
    done = run(LINT[check])
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_site_is_ready_for_production(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "clinic_site.settings", "DATA_DIR": str(tmp_path)}
    done = run((*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), **settings, **PRODUCTION)
    faults = [line for line in done.stderr.splitlines() if line.startswith("?: (") or ": (" in line]
    assert faults == []
