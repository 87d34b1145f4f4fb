"""A PostgreSQL cluster for the tests that need one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.serving import free_port

# PostgreSQL refuses to run as root.
BECOME = ("runuser", "-u", "nobody", "--") if os.geteuid() == 0 else ()


class Cluster:
    """A database cluster in a folder of its own, where it can be stopped and started."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.port = free_port()
        self.url = f"postgres://clinic:any@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-A", "trust", "-U", "clinic", "-E", "UTF8")

    def start(self, options: str = "") -> None:
        """Start it and wait until it answers."""
        listen = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.place} {options}"
        self._run("pg_ctl", "-w", "-l", f"{self.place}/log", "-o", listen, "start")

    def stop(self) -> None:
        """Stop it as a power cut would."""
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _run(self, program: str, *options: str) -> None:
        command = (*BECOME, program, "-D", f"{self.place}/data", *options)
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.place)
        assert done.returncode == 0, done.stderr


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A cluster that runs until the end of the block, and leaves nothing."""
    with TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        made = Cluster(Path(place))
        made.start()
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running cluster; skipped where PostgreSQL or psycopg is not installed."""
    if find_spec("psycopg") is None or not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("PostgreSQL (initdb and pg_ctl on the PATH) or psycopg is not installed.")
    with running_cluster() as made:
        yield made


@pytest.fixture(scope="module")
def postgresql(cluster: Cluster) -> str:
    """The address of a database cluster of its own."""
    return cluster.url
