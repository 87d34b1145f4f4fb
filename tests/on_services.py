"""`python -m tests.on_services [what pytest takes]`: the tests on PostgreSQL and Valkey, as `make test-services`.

Both run on free ports over a temporary folder, and nothing of them is left. It is the tests that ask this process's own
database (tests/conftest.py): those that start sites of their own name their databases themselves.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgresql import Cluster
from tests.serving import free_port, wait_until_listening

QUICK = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"  # the data lives for one run
)


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments on both; its exit code. Both end with it, also when it is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with TemporaryDirectory(prefix="clinic-services-") as place:
        Path(place).chmod(0o777)
        with postgresql(Path(place)) as database, valkey(Path(place)) as cache:
            return subprocess.run(
                [sys.executable, "-m", "pytest", *arguments],
                env=os.environ | {"TEST_DATABASE_URL": database, "TEST_CACHE_URL": cache},
            ).returncode


@contextmanager
def postgresql(place: Path) -> Iterator[str]:
    """The address of a cluster of its own."""
    cluster = Cluster(place)
    cluster.start(QUICK)
    try:
        yield cluster.url
    finally:
        cluster.stop()


@contextmanager
def valkey(place: Path) -> Iterator[str]:
    """The address of a server of its own, without the number of a database."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        sys.exit("Valkey is needed: sudo apt install valkey-server (or redis-server).")
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(place))
    server = subprocess.Popen((program, *options), stdout=subprocess.DEVNULL)
    try:
        wait_until_listening(port)
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    if not shutil.which("initdb"):
        sys.exit("PostgreSQL is needed (initdb on the PATH): sudo apt install postgresql.")
    sys.exit(main(sys.argv[1:]))
