"""`make run` on machines as they are: without Python, with an old one, without the network."""

import os
import shutil
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.commands.processes import descendants, eventually, is_alive
from tests.serving import Site

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
MAKE = shutil.which("make") or "make"
CLOSED = "http://127.0.0.1:9"  # the discard port: nobody answers
NO_NETWORK = {
    "HTTP_PROXY": CLOSED,
    "HTTPS_PROXY": CLOSED,
    "PIP_INDEX_URL": CLOSED,
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
}


def refused(copy: Path, tools: Path) -> list[str]:
    """The lines that `make run` writes before it gives up, without make's own last one."""
    done = subprocess.run(
        (MAKE, "run"),
        cwd=copy,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    return [
        line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make:")
    ]


def command(tools: Path, name: str, script: str) -> None:
    """A made-up program of that name."""
    path = tools / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_without_python_it_says_what_to_install(copy: Path, tools: Path) -> None:
    (line,) = refused(copy, tools)
    assert line.startswith("Python 3.11 or newer is needed and none was found: install it")


def test_an_old_python_counts_as_none(copy: Path, tools: Path) -> None:
    # It is asked whether it is new enough; an old one, like a shim without a Python behind it, says no.
    command(tools, "python3", "exit 1")
    command(tools, "python3.12", "echo 'shim: no such version' >&2; exit 127")
    (line,) = refused(copy, tools)
    assert line.startswith("Python 3.11 or newer is needed")


def test_a_python_without_venv_is_one_sentence(copy: Path, tools: Path) -> None:
    command(tools, "python3", '[ "$1" = -c ]')
    command(tools, "id", "echo 1000")
    (line,) = refused(copy, tools)
    assert line.startswith(
        "python3 cannot make a virtual environment here: install its venv module"
    )
    assert not (copy / ".venv").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can be somebody else.")
def test_in_a_folder_of_another_user_it_says_whose_it_is(copy: Path) -> None:
    for folder in (copy, *copy.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & stat.S_ISVTX:
            folder.chmod(folder.stat().st_mode | 0o055)
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    path = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        (*nobody, MAKE, "-C", str(copy), "run"),
        env=path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr.startswith("This folder belongs to root and you cannot write to it")


@pytest.fixture
def made(copy: Path, ready: Site) -> Site:
    """The copy with an environment that is complete, as after a first `make run`, and no network."""
    (copy / ".venv").symlink_to(sys.prefix)
    (copy / ".venv" / ".runtime").touch()
    os.utime(copy / "requirements.txt", (0, 0))
    site = Site(ready.data_dir, code=copy)
    site.environment |= NO_NETWORK
    return site


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_it_starts_twice_without_the_network_and_stops_with_make(made: Site) -> None:
    for _ in range(2):
        made.start((MAKE, "run"))
        assert made.process
        everyone = descendants(made.process.pid)
        assert everyone
        made.stop()
        assert eventually(partial(are_gone, everyone))
        assert f"{made.url}/ " in made.words()
        assert "Installing" not in made.words()
    assert (made.data_dir / "db.sqlite3").exists()


def are_gone(pids: list[int]) -> bool:
    """Whether all of these processes have ended."""
    return not any(map(is_alive, pids))


def test_help_lists_what_there_is(copy: Path, tools: Path) -> None:
    done = subprocess.run((MAKE, "help"), cwd=copy, capture_output=True, text=True, timeout=60)
    told = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"help", "run", "dev", "staff", "test", "engines", "lint", "bench"} <= told


def test_an_engine_that_is_not_here_is_told_with_what_to_install(copy: Path, tools: Path) -> None:
    asked = (MAKE, "engine-programs", "ENGINES=chromium firefox webkit")
    environment = {"PATH": str(tools)}
    done = subprocess.run(
        asked, cwd=copy, env=environment, capture_output=True, text=True, timeout=60
    )
    told = [line for line in done.stdout.splitlines() if "its tests are skipped" in line]
    assert done.returncode == 0
    assert [line.rpartition(": ")[2] for line in told] == [
        "sudo apt install firefox-esr",
        "sudo apt install webkit2gtk-driver xvfb",
    ]
