"""A file system of a chosen size, so that a test can fill it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def file_system(place: Path, *, megabytes: int) -> Iterator[Path]:
    """Mounted at `place` until the end of the block; skips the test where this user may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("Only root may mount a file system to fill.")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
