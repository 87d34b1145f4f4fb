"""Waiting until something is on the disk itself, where a power cut does not reach it."""

import os
from pathlib import Path


def keep_on_disk(path: Path) -> None:
    """Wait for the content of this file, or for the names in this folder. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
