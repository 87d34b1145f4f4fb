"""The clinic's words in a folder of their own: filled once, kept through restores, and reached by each upgrade."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.test import Client

from clinic_site.clinic.models import Clinic
from clinic_site.content_sync.models import Conflict, ShippedFile
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder, edit, live, run
from tests.content_sync.test_faults import CLINIC

WARNING = "> [!CALL]\n> Call 9-1-1: chest pain."
NEW_WARNING = "> [!CALL]\n> Call 9-1-1: chest pain, or no breath."
BODY = f"First.\n\n{WARNING}\n\nLast."
SAMPLE = CLINIC | {"name": "IMS Dry Needling BC", "phone": "604-555-0142"}
OURS = CLINIC | {"name": "Harbour Physio", "phone": "604-555-4111"}


@pytest.fixture
def shipped(content: ContentFolder, settings: object) -> ContentFolder:
    """What comes with the code: a home page, a page about safety, and the sample clinic."""
    folder = content.path.parent / "code" / "content"
    folder.mkdir(parents=True)
    settings.SHIPPED_CONTENT_DIR = folder  # type: ignore[attr-defined]  # a setting
    code = ContentFolder(folder)
    code.write("home.md", layout="home", headline="Hello")
    code.write("safety.md", BODY, title="Safe")
    code.write("clinic.md", "Where we are.", layout="clinic", **SAMPLE)
    return code


@pytest.fixture
def own(shipped: ContentFolder, content: ContentFolder) -> ContentFolder:
    """The clinic's folder after the first start, with its own details."""
    content.sync()
    content.write("clinic.md", "Where we are.", layout="clinic", **OURS)
    assert not content.sync().failure
    return content


def change(folder: ContentFolder, path: str, old: str, new: str) -> None:
    text = (folder.path / path).read_text()
    assert old in text
    folder.write_text(path, text.replace(old, new))


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


def test_an_upgrade_reaches_a_file_that_the_clinic_left_alone(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    shipped.write("new.md", "A new page.")
    done = own.sync()
    assert not done.failure
    assert "content/safety.md: changed with this version" in done.out
    assert NEW_WARNING in live("safety").body
    assert live("new").body == "A new page."
    assert NEW_WARNING in (own.path / "safety.md").read_text()


def test_an_upgrade_reaches_a_file_that_the_clinic_changed_elsewhere(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    own.write("safety.md", BODY.replace("First.", "Our first."), title="Our safety")
    own.sync()
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe", summary="Short.")
    assert not own.sync().failure
    now = live("safety")
    assert (now.title, now.summary) == ("Our safety", "Short.")
    assert now.body == BODY.replace("First.", "Our first.").replace(WARNING, NEW_WARNING)


def test_where_both_changed_the_same_words_the_clinics_stay_and_a_conflict_waits(
    own: ContentFolder, shipped: ContentFolder, admin_client: Client
) -> None:
    mine = BODY.replace(WARNING, "> [!CALL]\n> Call us first.")
    own.write("safety.md", mine, title="Safe")
    own.sync()
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    assert own.sync().failure == "1 conflict to be settled by an editor."
    assert live("safety").body == mine
    one = Conflict.objects.get()
    assert (one.field, one.origin, one.is_urgent) == ("body", "shipped", True)
    assert (one.base, one.mine) == (BODY, mine)
    desk = admin_client.get("/admin/").content.decode()
    assert "Warning signs that the files or an upgrade changed" in desk
    assert own.sync().failure == "1 conflict to be settled by an editor."
    shown = admin_client.get(f"/admin/content_sync/conflict/{one.pk}/change/").content.decode()
    assert "What comes with the new version" in shown
    assert "no breath" in shown
    version = Page.objects.get(path="safety").version
    admin_client.post(
        f"/admin/content_sync/conflict/{one.pk}/change/", {"keep": "file", "version": version}
    )
    assert NEW_WARNING in live("safety").body
    assert not own.sync().failure


def test_a_conflict_with_an_upgrade_goes_when_staff_come_to_say_the_same(
    own: ContentFolder, shipped: ContentFolder, editor: User
) -> None:
    own.write("safety.md", BODY.replace(WARNING, "None."), title="Safe")
    own.sync()
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    own.sync()
    edit("safety", editor, body=BODY.replace(WARNING, NEW_WARNING))
    assert not own.sync().failure
    assert Conflict.objects.get().outcome == "agreed"


def test_a_second_upgrade_does_not_forget_what_the_first_could_not_change(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    own.write("safety.md", BODY.replace(WARNING, "None."), title="Safe")
    own.sync()
    for words in (NEW_WARNING, f"{NEW_WARNING}\n> Or faint."):
        shipped.write("safety.md", BODY.replace(WARNING, words), title="Safe")
        own.sync()
    one = Conflict.objects.get()
    assert (one.base, "Or faint" in one.file) == (BODY, True)


def test_staff_words_stand_against_an_upgrade_as_against_a_file(
    own: ContentFolder, shipped: ContentFolder, editor: User
) -> None:
    edit("safety", editor, body="Staff's words.")
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    assert own.sync().failure == "1 conflict to be settled by an editor."
    assert live("safety").body == "Staff's words."
    assert Conflict.objects.get().is_urgent


def test_a_warning_that_arrived_is_to_be_read(
    own: ContentFolder, shipped: ContentFolder, admin_client: Client
) -> None:
    shipped.write("home.md", layout="home", headline="Good day")
    own.sync()
    assert "read them" not in admin_client.get("/admin/").content.decode()
    shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
    own.sync()
    assert (
        "Warning signs that an upgrade changed: read them"
        in admin_client.get("/admin/").content.decode()
    )
    row = ShippedFile.objects.get(warned_at__isnull=False)
    address = "/admin/content_sync/shippedfile/"
    admin_client.post(address, {"action": "have_read", "_selected_action": [row.pk]})
    assert "read them" not in admin_client.get("/admin/").content.decode()


def test_the_clinic_is_never_taken_from_the_sample(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    before = (own.path / "clinic.md").read_text()
    shipped.write("clinic.md", "Where we are.", layout="clinic", **(SAMPLE | {"email": "x@y.ca"}))
    assert not own.sync().failure
    assert (own.path / "clinic.md").read_text() == before
    shipped.write(
        "clinic.md", "Where to park.", layout="clinic", **(SAMPLE | {"phone": "604-555-0199"})
    )
    assert not own.sync().failure
    told = Clinic.objects.get()
    assert (told.name, told.phone, told.email) == ("Harbour Physio", "604-555-4111", "a@b.ca")
    assert live("clinic").body == "Where to park."


def test_what_the_clinic_took_away_stays_away(own: ContentFolder, shipped: ContentFolder) -> None:
    own.remove("safety.md")
    own.sync()
    shipped.write("safety.md", "All new.", title="Safe")
    own.sync()
    assert not (own.path / "safety.md").exists()
    assert live("safety").body == BODY


def test_a_new_shipped_file_does_not_take_the_address_of_a_page(
    own: ContentFolder, shipped: ContentFolder, staff_page: None
) -> None:
    shipped.write("staff-page.md", "The code's.")
    assert not own.sync().failure
    assert live("staff-page").body == "## Made by staff"


def test_a_file_at_fault_gets_the_change_when_it_is_put_right(
    own: ContentFolder, shipped: ContentFolder
) -> None:
    good = (own.path / "safety.md").read_text()
    for bad in (b"no head\n", b"---\ntitle: caf\xe9\n---\n", b"---\ntitle: [\n---\n"):
        (own.path / "safety.md").write_bytes(bad)
        shipped.write("safety.md", BODY.replace(WARNING, NEW_WARNING), title="Safe")
        assert own.sync().failure.startswith(("1 fault", "2 faults"))
        assert (own.path / "safety.md").read_bytes() == bad
    own.write_text("safety.md", good)
    assert not own.sync().failure
    assert NEW_WARNING in live("safety").body


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
