"""An upgrade brings new words: they reach the clinic's files, and never undo what the clinic wrote."""

from django.contrib.auth.models import User
from django.test import Client

from clinic_site.clinic.models import Clinic
from clinic_site.content_sync.models import Conflict, ShippedFile
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder, edit, live
from tests.content_sync.shipped.samples import BODY, NEW_WARNING, SAMPLE, WARNING


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
