"""content/clinic.md as the tests of the clinic write it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings


@pytest.fixture
def take_file_in(
    db: None, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Put this text into clinic.md and take it in: what is said about it."""
    settings.CONTENT_DIR = tmp_path

    def take_in(text: str) -> str:
        (tmp_path / "clinic.md").write_text(text)
        with suppress(CommandError):
            call_command("sync_content", verbosity=0)
        return capsys.readouterr().err

    return take_in
