"""Pictures in an object store (S3 and its kind): django-storages', with the patience that a website has.

What goes wrong is an OSError, as it is with a disk: who calls need not know where pictures lie. Nothing in the store is
public, and no reader is ever sent there: this site answers for it (media_views.py, copies.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

# A worker's thread waits no longer than this; boto3's own would hold it for five minutes.
PATIENCE = {"connect_timeout": 3, "read_timeout": 5, "retries": {"total_max_attempts": 2}}
# Checksums that boto3 adds of itself are refused by stores that are not Amazon's.
PLAIN = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class StoreFault(OSError):
    """The store cannot be reached, or does not let the site do what it needs to; `str()` of it says which."""


class ObjectStore(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """A bucket. A file is read whole when it is opened, so that what goes wrong does so there."""

    def __init__(self, **options: Any) -> None:
        # Other makers' stores know a bucket by its path; it takes no name of its own in the DNS.
        style = "path" if options.get("endpoint_url") else "auto"
        config = Config(
            s3={"addressing_style": style}, signature_version="s3v4", **PATIENCE, **PLAIN
        )
        super().__init__(client_config=config, **options)

    def open(self, name: str, mode: str = "rb") -> File[bytes]:
        """The file of that name. FileNotFoundError, StoreFault."""
        with _told(), super().open(name, mode) as file:
            return ContentFile(file.read(), name=name)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep it; the name that it got. StoreFault."""
        with _told():
            return str(super().save(name, content, max_length))

    def delete(self, name: str) -> None:
        """Remove it; one that is gone already is fine. StoreFault."""
        with _told():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is such a file. StoreFault."""
        with _told():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and files right below. StoreFault."""
        with _told():
            folders, files = super().listdir(path)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        """When it was written, with its zone. FileNotFoundError, StoreFault."""
        with _told():
            at: datetime = super().get_modified_time(name)
        return at


@contextmanager
def _told() -> Iterator[None]:
    """boto3's errors as a disk would tell them, without the address, which may hold a key."""
    try:
        yield
    except ClientError as error:
        kind = error.response.get("Error", {}).get("Code", "unknown")
        if kind in ("404", "NoSuchKey"):
            raise FileNotFoundError("The store of pictures has no such file.") from error
        raise StoreFault(f"The store of pictures refuses ({kind}).") from error
    except (Boto3Error, BotoCoreError) as error:
        raise StoreFault(f"The store of pictures fails ({type(error).__name__}).") from error
