"""Keeps a large upload from filling memory or disk before anybody has looked at it."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from clinic_site.images.upload_limits import MAX_BYTES


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers: of each file it passes on little more than 25 MB.

    What is passed on is still too big, so that the form refuses it in words.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._passed_on = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the next handler; None, which drops it, once there is too much."""
        if self._passed_on > MAX_BYTES:
            return None
        self._passed_on += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
