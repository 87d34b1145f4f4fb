"""`python -m tests.operations.releases.make_release`: keep this release's backups, one of each database.

Once for each release, on the day it is made: from then on every later release has to restore them and bring them up to
date (test_older_releases.py). They are small, and hold nothing of anybody: lived_in.py has what is in them.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic_site import RELEASE
from tests.postgresql import running_cluster
from tests.serving import Site

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / "data" / "releases"
FILL = "from tests.operations.releases.lived_in import live; live()"
KEY = "the-key-of-a-site-that-was-made-for-the-tests-of-upgrades"


def main() -> None:
    """Write tests/data/releases/RELEASE/sqlite.tar.gz and postgresql.tar.gz."""
    target = KEPT / RELEASE
    target.mkdir(parents=True, exist_ok=True)
    for name, database in (("sqlite", _no_server), ("postgresql", _server)):
        with TemporaryDirectory() as place, database() as url:
            made = _backup(Path(place), url)
            shutil.move(made, target / f"{name}.tar.gz")
        print(f"{target / name}.tar.gz: {(target / f'{name}.tar.gz').stat().st_size:,} bytes")


def _backup(place: Path, url: str) -> Path:
    shutil.copytree(HERE / "words", place / "words")
    variables = {"DATABASE_URL": url} if url else {}
    site = Site(place / "data", CONTENT_DIR=str(place / "words"), SECRET_KEY=KEY, **variables)
    site.start()
    site.stop()
    for step in (("shell", "-c", FILL), ("run_worker", "--once"), ("backup", str(place))):
        done = site.manage(*step, patience=300)
        if done.returncode:
            sys.exit(f"{step[0]}: {done.stdout}{done.stderr}")
    return Path(done.stdout.strip())


@contextmanager
def _no_server() -> Iterator[str]:
    yield ""


@contextmanager
def _server() -> Iterator[str]:
    if not shutil.which("initdb"):
        sys.exit("PostgreSQL is needed (initdb on the PATH): sudo apt install postgresql.")
    with running_cluster() as cluster:
        yield cluster.url


if __name__ == "__main__":
    main()
