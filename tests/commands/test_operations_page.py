"""docs/operations.md: what it tells people to type is there, with these options, and does it over a real site."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from clinic_site.env import BASE_DIR
from tests.serving import Site

PAGE = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = "\n".join(re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
MANAGE = ".venv/bin/python manage.py "
TYPED = [
    line.partition("    #")[0].strip()
    for line in BLOCKS.splitlines()
    if not line.startswith("#") and line.strip()
]
MAKEFILE = (BASE_DIR / "Makefile").read_text(encoding="utf-8")
# What cannot be run over a site on this machine, and why; each has a test of its own elsewhere.
ELSEWHERE = {
    "changepassword": "asks for a password at the terminal",
    "make_staff": "asks at the terminal: tests/staff/test_make_staff.py",
    "recover_account": "needs an account: tests/staff",
    "send_test_mail": "needs a mail server: tests/operations/health/test_trial_mail.py",
    "restore": "the site must not run: tests/faults/backups/test_restoring.py",
    "dumpdata": "its output is the move to PostgreSQL: tests/faults/databases/test_growing.py",
    "loaddata": "the same",
    "migrate": "the same",
    "move_pictures": "the same",
    "go_live": "asks the public address: tests/operations/go_live",
    "sync_content": "with another folder of words: tests/content_sync",
}
# The other lines, by how they begin, and what tries each; a new one needs its own entry, and its test.
IN_THE_SHELL = {
    "sudo apt install ": "Debian's packages",
    "sudo git clone ADDRESS ": "the clone that make upgrade walks: tests/commands/test_upgrade.py",
    "cd ": "the folder of the clone",
    "sudo make install-service SITE_URL=": "tests/operations/machine/test_service_units.py",
    "sudo make upgrade": "tests/commands/test_upgrade.py",
    "sudo systemctl reload caddy": "the configuration is tried in tests/operations/test_proxies.py",
    "sudo systemctl restart clinic-web clinic-worker": "the units: tests/operations/machine",
    "echo SITE_URL=": "tests/container/test_compose.py",
    "docker compose ": "tests/container/test_compose.py",
    "cp -r content ": "what it leaves is taken in: tests/content_sync/test_any_folder.py",
    "git checkout origin/main -- content": "git's own",
    "sudo install -d -o clinic ": "tests/operations/test_public_dir.py",
    ".venv/bin/python -m clinic_site.healthcheck": "tests/commands/test_healthcheck.py",
    "age-keygen ": "tests/faults/backups/test_encrypted_backups.py",
    "make services": "the extras of pyproject.toml",
    "rm dump.json": "what is typed around it: tests/faults/databases/test_growing.py",
}


def manage_lines() -> Iterator[list[str]]:
    """The arguments of each `manage.py` in a block to type, without what the shell does with the output."""
    for line in TYPED:
        if "manage.py " in line:
            said = re.split(r" [>|] ", line.partition("manage.py ")[2])[0]
            yield shlex.split(said)


def test_every_command_that_is_named_is_there() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", PAGE))
    assert named
    assert named - {"serve"} <= set(get_commands()), named - set(get_commands())


def test_every_make_that_is_named_is_there() -> None:
    named = set(re.findall(r"(?:`|^|sudo )make ([a-z][a-z-]+)", PAGE, re.MULTILINE))
    assert named
    assert {name for name in named if f"\n{name}:" not in MAKEFILE} == set()


@pytest.mark.parametrize("words", list(manage_lines()), ids=" ".join)
def test_each_is_taken_as_it_is_written(words: list[str]) -> None:
    name, *options = words
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    assert parser.parse_args(options)


def test_each_that_can_be_run_here_does_what_it_says(prepared: Path, tmp_path: Path) -> None:
    site = Site(shutil.copytree(prepared, tmp_path / "data"))
    assert site.manage("backup").returncode == 0  # for those that look at the newest
    for name, *options in manage_lines():
        if name in ELSEWHERE or "--identity" in options:
            continue
        here = [str(tmp_path / "kept") if word == "/backup" else word for word in options]
        done = site.manage(name, *here)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
    assert list((tmp_path / "kept").glob("clinic-*"))


def test_every_other_line_is_tried_somewhere() -> None:
    others = [line for line in TYPED if "manage.py " not in line]
    assert [line for line in others if not line.startswith(tuple(IN_THE_SHELL))] == []
    idle = [start for start in IN_THE_SHELL if not any(line.startswith(start) for line in others)]
    assert idle == []
    places = [words.rpartition(": ")[2] for words in IN_THE_SHELL.values() if "tests/" in words]
    assert [place for place in places if not (BASE_DIR / place.split()[-1]).exists()] == []


def test_no_reason_is_left_for_what_the_page_no_longer_says() -> None:
    assert set(ELSEWHERE) <= {words[0] for words in manage_lines()}
