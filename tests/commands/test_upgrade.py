"""`make upgrade` over a real clone: a backup first, then the new code; what fails leaves a way back that works."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.serving import Site

pytestmark = [
    pytest.mark.skipif(not shutil.which("make"), reason="make is not installed"),
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
    pytest.mark.timeout(300),
]
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.ca", "-c", "commit.gpgsign=false")
BROKEN = """from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("outbox", "{last}")]
    operations = [migrations.RunSQL("ALTER TABLE nowhere ADD COLUMN something integer")]
"""


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ("git", *WHO, *arguments), cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def origin(copy: Path) -> Path:
    """A repository of the site's code, as of today."""
    shutil.copytree(BASE_DIR / "deploy", copy / "deploy")
    (copy / ".gitignore").write_text("__pycache__/\n/.venv\n")
    git(copy, "init", "--quiet", "--initial-branch", "main")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "Today")
    return copy


@pytest.fixture
def clone(origin: Path, ready: Site, tmp_path: Path) -> Site:
    """A site that runs from a clone of it."""
    place = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(origin), str(place))
    venv = place / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    (venv / ".runtime").touch()  # the packages are those of this machine
    return Site(ready.data_dir, code=place, PYTHONPATH=":".join(sys.path))


def upgrade(site: Site) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ("make", "--no-print-directory", "upgrade"),
        cwd=site.code,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=250,
    )


def backups(site: Site) -> set[Path]:
    return set((site.data_dir / "backups").glob("clinic-*"))


def test_it_takes_a_backup_then_the_new_code(origin: Path, clone: Site) -> None:
    footer = origin / "static" / "robots-note.txt"
    footer.write_text("Tomorrow.\n")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "Tomorrow")
    before, old = git(clone.code, "rev-parse", "HEAD"), backups(clone)
    done = upgrade(clone)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = backups(clone) - old
    assert git(clone.code, "log", "-1", "--format=%s") == "Tomorrow"
    assert f"checkout {before}" in done.stdout
    assert f"restore {made}" in done.stdout


def test_a_migration_that_fails_leaves_a_way_back_that_works(origin: Path, clone: Site) -> None:
    folder = origin / "clinic_site" / "outbox" / "migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9999_broken.py").write_text(BROKEN.format(last=last))
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "Broken")
    done = upgrade(clone)
    assert done.returncode != 0
    assert "The upgrade failed" in done.stderr
    for line in re.findall(r"^   (sudo -u .*)$", done.stderr, re.MULTILINE):
        command = shlex.split(line)[3:]  # without "sudo -u NAME"
        step = subprocess.run(
            command, cwd=clone.code, env=clone.environment, capture_output=True, text=True
        )
        assert step.returncode == 0, step.stderr
    assert git(clone.code, "log", "-1", "--format=%s") == "Today"
    clone.start()
    assert clone.stop() == 0, clone.words()


def test_code_that_was_changed_here_is_left_alone(origin: Path, clone: Site) -> None:
    (clone.code / "manage.py").write_text((clone.code / "manage.py").read_text() + "# ours\n")
    old = backups(clone)
    done = upgrade(clone)
    assert done.returncode != 0
    assert "git status" in done.stderr
    assert backups(clone) == old
