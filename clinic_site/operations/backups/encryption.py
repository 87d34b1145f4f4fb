"""Encryption of a backup by age or GnuPG: to a public key, so that nobody can read it where it is made.

Nothing of the archive is on a disk unencrypted: it goes through a pipe both ways.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from clinic_site.operations.backups.given import require_key
from clinic_site.operations.backups.manifest import Refused

AGE, GPG = ".age", ".gpg"
PACKAGES = {"age": "age", "gpg": "gnupg"}
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
OWN = 0o600
MOMENT = 2.0  # seconds


def ending(recipient: str) -> str:
    """What a backup for this recipient has at the end of its name; "" for one that is not encrypted."""
    if not recipient:
        return ""
    return AGE if recipient.startswith(("age1", "ssh-")) else GPG


@contextmanager
def sealed(path: Path, recipient: str) -> Iterator[IO[bytes]]:
    """A new file (mode 0600) to write to, encrypted for the recipient, and on the disk when the block ends.

    Raises Refused.
    """
    with os.fdopen(os.open(path, NEW, OWN), "wb") as file:
        if recipient:
            with (
                _through(_sealing(recipient), stdin=subprocess.PIPE, stdout=file) as process,
                cast(IO[bytes], process.stdin) as pipe,
            ):
                yield pipe
        else:
            yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def opened(path: Path, identity: Path | None = None) -> Iterator[IO[bytes]]:
    """What is in the file, to read once from its beginning. `identity`: the file of age's private key.

    Raises Refused where it cannot be decrypted; OSError.
    """
    with path.open("rb") as file:
        command = _opening(path, identity)
        if not command:
            yield file
            return
        with _through(command, stdin=file, stdout=subprocess.PIPE) as process:
            pipe = cast(IO[bytes], process.stdout)
            yield pipe
            while pipe.read(1 << 20):
                pass  # to its end, or the program could not say whether all of it is genuine


def _sealing(recipient: str) -> list[str]:
    if ending(recipient) == AGE:
        return ["age", "--encrypt", "--recipient", recipient]
    quiet = ["gpg", "--batch", "--quiet", "--no-tty", "--trust-model", "always"]
    return [*quiet, "--encrypt", "--recipient", recipient]


def _opening(path: Path, identity: Path | None) -> list[str]:
    if path.suffix == AGE:
        if identity is None:
            raise Refused(
                f"{path.name} is encrypted: say where its private key is, with --identity KEY-FILE."
            )
        require_key(identity)
        return ["age", "--decrypt", "--identity", str(identity)]
    return ["gpg", "--batch", "--quiet", "--no-tty", "--decrypt"] if path.suffix == GPG else []


@contextmanager
def _through(
    command: list[str], *, stdin: int | IO[bytes], stdout: int | IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, which has to end well; what it says otherwise is told. Raises Refused."""
    if shutil.which(command[0]) is None:
        package = PACKAGES[command[0]]
        raise Refused(
            f"{command[0]} is needed for this: install it (Debian: sudo apt install {package})."
        )
    process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)
    try:
        yield process
    except Exception:
        if _has_failed(process):  # and that is why there was no more to read, or nobody to write to
            raise Refused(f"{command[0]} failed: {_said(process)}") from None
        process.kill()
        process.wait()
        raise
    if said := _said(process):
        raise Refused(f"{command[0]} failed: {said}")


def _has_failed(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it has ended, or does so within a moment, and not well."""
    try:
        return process.wait(MOMENT) > 0
    except subprocess.TimeoutExpired:
        return False


def _said(process: "subprocess.Popen[bytes]") -> str:
    """Wait for its end: "" when it ended well, else its words in one line."""
    said = cast(IO[bytes], process.stderr).read()
    words = " ".join(said.decode(errors="replace").split())
    code = process.wait()
    return "" if code == 0 else f"{words or 'no reason given'} ({code})"
