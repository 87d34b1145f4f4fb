"""A PostgreSQL cluster for the tests that need one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.serving import free_port


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a database cluster of its own; skipped where PostgreSQL or psycopg is not installed."""
    if find_spec("psycopg") is None or not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("PostgreSQL (initdb and pg_ctl on the PATH) or psycopg is not installed.")
    # PostgreSQL refuses to run as root.
    become = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        data, port = f"{place}/data", free_port()
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -k {place}"
        make = [*become, "initdb", "-D", data, "-A", "trust", "-U", "clinic", "-E", "UTF8"]
        start = [*become, "pg_ctl", "-D", data, "-w", "-l", f"{place}/log", "-o", listen, "start"]
        for command in (make, start):
            done = subprocess.run(command, capture_output=True, text=True, cwd=place)
            assert done.returncode == 0, done.stderr
        try:
            yield f"postgres://clinic:any@127.0.0.1:{port}/postgres"
        finally:
            stop = [*become, "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, capture_output=True, check=True, cwd=place)
