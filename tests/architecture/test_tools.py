"""The layers hold, and Django's own checks for production do. `make lint` has the other checks."""

import subprocess
import sys
from pathlib import Path

from clinic_site.env import BASE_DIR
from tests.serving import untouched

BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
PRODUCTION = {"SITE_URL": "https://clinic.example.ca", "DEBUG": "0"}


def run(command: tuple[str, ...], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it at the top of the repository, with test settings unless told otherwise."""
    environment = untouched() | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | variables
    return subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, timeout=300
    )


def test_imports_go_downwards_only() -> None:
    done = run((str(BIN / "lint-imports"), "--no-cache"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_site_is_ready_for_production(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "clinic_site.settings", "DATA_DIR": str(tmp_path)}
    done = run((*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), **settings, **PRODUCTION)
    faults = [line for line in done.stderr.splitlines() if line.startswith("?: (") or ": (" in line]
    assert faults == []
