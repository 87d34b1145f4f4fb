"""Faults of the content folder itself: two files for one address, links out of it, and what is no file."""

import os
from pathlib import Path

from tests.content_sync.folder import FRONT, ContentFolder


def test_two_files_for_one_address(content: ContentFolder) -> None:
    content.write("safety.md")
    content.write("safety/index.md")
    assert content.sync().faults == [
        "content/safety/index.md:1: is the same address as safety.md; keep one of the two"
    ]


def test_a_link_that_leaves_the_folder(content: ContentFolder, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(FRONT)
    (content.path / "a.md").symlink_to(tmp_path / "secret.md")
    (content.path / "folder").symlink_to(tmp_path)
    assert content.sync().faults == [
        "content/a.md:1: is a link that leaves the content folder; put the file itself here",
        "content/folder:1: is a link to a folder; put the folder itself here",
    ]


def test_what_is_no_file(content: ContentFolder) -> None:
    os.mkfifo(content.path / "pipe.md")
    (content.path / "gone.md").symlink_to(content.path / "nothing.md")
    faults = content.sync().faults
    assert [fault.split(": ")[0] for fault in faults] == ["content/gone.md:1", "content/pipe.md:1"]


def test_hidden_files_are_left_alone(content: ContentFolder) -> None:
    content.write_text(".safety.md.swp", "half a file")
    content.write_text(".git/config.txt", "")
    content.write("safety.md")
    assert "1 created" in content.sync().summary


def test_a_folder_that_is_not_there(content: ContentFolder) -> None:
    content.path.rmdir()
    assert "is not a folder" in content.sync().faults[0]
