"""The clinic's words in a folder of their own: filled once from the code, and kept through restores and moves."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as site_settings

from clinic_site.clinic.models import Clinic
from clinic_site.content_sync.models import Conflict, ShippedFile
from tests.content_sync.folder import ContentFolder, live, run
from tests.content_sync.shipped.samples import BODY, NEW_WARNING, OURS, SAMPLE, WARNING


def test_an_empty_folder_begins_with_the_shipped_words(
    shipped: ContentFolder, content: ContentFolder
) -> None:
    first = content.sync()
    assert not first.failure
    assert "was empty: 3 files were put there from the code" in first.out
    assert content.files() == shipped.files()
    assert live("safety").body == BODY
    assert "was empty" not in content.sync().out


def test_a_missing_folder_is_made_and_keeps_a_clinic_that_was_put_there_first(
    shipped: ContentFolder, content: ContentFolder
) -> None:
    content.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    assert not content.sync().failure
    assert Clinic.objects.get().name == "Harbour Physio"
    shutil.rmtree(content.path)
    assert "from the database" in content.sync().out
    assert Clinic.objects.get().name == "Harbour Physio"


def test_a_restored_database_fills_a_new_folder_with_the_clinics_words(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    own.write("safety.md", "Our words.", title="Safe")
    own.sync()
    shutil.rmtree(own.path)
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    assert own.sync().failure == "1 conflict to be settled by an editor."
    assert live("safety").body == "Our words."
    assert Clinic.objects.get().phone == "604-555-4111"
    assert "Our words." in (own.path / "safety.md").read_text()


def test_the_code_of_a_fresh_clone_is_not_taken_for_the_clinics_words(
    own: ContentFolder, shipped: ContentFolder, settings: object
) -> None:
    """CONTENT_DIR was forgotten after a restore."""
    own.write("safety.md", "Our words.", title="Safe")
    own.sync()
    settings.CONTENT_DIR = shipped.path  # type: ignore[attr-defined]  # a setting
    done = own.sync()
    assert [fault.split(";")[0] for fault in done.faults] == [
        "content/:1: these are the files of the code, and this site's own words stand elsewhere"
    ]
    assert live("safety").body == "Our words."
    assert Clinic.objects.get().name == "Harbour Physio"


def test_a_fresh_clone_of_a_site_that_was_edited_in_place(
    shipped: ContentFolder, settings: object
) -> None:
    """As README told until now: content/ of the code was edited; the clone has the sample again."""
    settings.CONTENT_DIR = shipped.path  # type: ignore[attr-defined]  # a setting
    shipped.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    shipped.write("safety.md", "Our words.", title="Safe")
    assert not shipped.sync().failure
    assert not ShippedFile.objects.exists()
    shipped.write("clinic.md", "Where we are.", layout="clinic", **SAMPLE)
    shipped.write("safety.md", BODY, title="Safe")
    done = shipped.sync()
    assert done.faults[0].startswith("content/clinic.md:4: is the sample clinic's")
    assert Clinic.objects.get().phone == "604-555-4111"
    assert live("safety").body == "Our words."
    shipped.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    assert not shipped.sync().failure


def test_an_image_of_the_unedited_code_over_a_restored_database(
    shipped: ContentFolder, content: ContentFolder, settings: object, tmp_path: Path
) -> None:
    """Edited in place before; now CONTENT_DIR is a folder of its own, still empty."""
    settings.CONTENT_DIR = shipped.path  # type: ignore[attr-defined]  # a setting
    shipped.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    shipped.write("safety.md", BODY.replace("Last.", "Our last."), title="Safe")
    shipped.sync()
    shipped.write("clinic.md", "Where we are.", layout="clinic", **SAMPLE)
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    settings.CONTENT_DIR = content.path  # type: ignore[attr-defined]  # a setting
    done = content.sync()
    assert done.faults == []
    assert done.failure == "1 conflict to be settled by an editor."
    assert Clinic.objects.get().name == "Harbour Physio"
    assert live("safety").body == BODY.replace("Last.", "Our last.")
    assert Conflict.objects.get().is_urgent


def test_moving_out_of_the_code_asks_nothing(
    shipped: ContentFolder, content: ContentFolder, settings: object
) -> None:
    """The way of docs/operations.md: the edited folder is copied, and CONTENT_DIR set."""
    settings.CONTENT_DIR = shipped.path  # type: ignore[attr-defined]  # a setting
    shipped.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    shipped.write("safety.md", "Our words.", title="Safe")
    shipped.sync()
    content.path.rmdir()
    shutil.copytree(shipped.path, content.path)
    settings.CONTENT_DIR = content.path  # type: ignore[attr-defined]  # a setting
    done = content.sync()
    assert (done.failure, "3 unchanged" in done.summary) == ("", True)


def test_a_folder_that_cannot_be_written_to_is_told_and_the_site_lives(
    own: ContentFolder, shipped: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("clinic_site.content_sync.shipped.deliver_upgrade.write_file", full)
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    done = own.sync()
    assert done.faults == [
        "content/safety.md:1: can't be written (Read-only file system); let the site's user write to CONTENT_DIR"
    ]
    assert live("safety").body == BODY


def test_the_words_of_this_repository_are_the_shipped_ones(db: None) -> None:
    assert run("sync_content").failure == ""
    assert site_settings.SHIPPED_CONTENT_DIR == site_settings.CONTENT_DIR
    assert not ShippedFile.objects.exists()
