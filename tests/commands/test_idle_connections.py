"""Connections on which nobody asks for anything: a machine's own low limit of open files shuts nobody out."""

import shutil
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from tests.serving import Site

IDLE = 600  # where each process may open 128 files, sockets included


def test_hundreds_of_idle_connections_hold_up_nobody(prepared: Path, tmp_path: Path) -> None:
    site = Site(shutil.copytree(prepared, tmp_path / "data", symlinks=True))
    site.start(("sh", "-c", f"ulimit -S -n 128; exec {sys.executable} manage.py serve"))
    try:
        with ExitStack() as open_until_the_end:
            for _ in range(IDLE):
                idle = socket.create_connection(("127.0.0.1", site.port), timeout=10)
                open_until_the_end.enter_context(idle)
            for path in ("/safety/", "/book/"):
                assert urlopen(site.url + path, timeout=10).status == 200
    finally:
        site.stop()
