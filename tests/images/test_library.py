"""The library in the admin."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic_site.images import usage
from clinic_site.images.actions import upload
from clinic_site.images.models import Image
from clinic_site.images.upload_errors import BROKEN, SVG, TOO_BIG
from clinic_site.images.upload_limits import MAX_BYTES
from clinic_site.images.usage import ImageUse
from tests.images.making import jpeg, png

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:images_image_changelist"), reverse("admin:images_image_add")
Staff = Callable[..., Client]


def in_use(image_id: int) -> tuple[ImageUse, ...]:
    return (ImageUse("Safety", "/safety/", "live"), ImageUse("Aftercare", "/aftercare/", "draft"))


def url(name: str, image: Image) -> str:
    return reverse(f"admin:images_image_{name}", args=[image.pk])


def send(
    client: Client,
    to: str,
    data: bytes,
    *,
    name: str = "photo.jpg",
    type_: str = "image/jpeg",
    **words: str,
) -> HttpResponse:
    file = SimpleUploadedFile(name, data, type_)
    return client.post(to, {"file": file, **words})


# Uploading


def test_an_upload_leads_to_the_picture(editor: Client) -> None:
    response = send(editor, ADD, jpeg(), alt="A hand", title="Hand")
    image = Image.objects.get()
    assert (response.status_code, response["Location"]) == (302, url("change", image))
    assert (image.alt, image.title) == ("A hand", "Hand")
    assert LogEntry.objects.get().object_id == str(image.pk)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"<svg></svg>", SVG), (jpeg()[:500], BROKEN), (jpeg() + bytes(MAX_BYTES), TOO_BIG)],
    ids=["svg", "cut short", "big"],
)
def test_a_refused_file_is_an_error_of_the_form(editor: Client, data: bytes, sentence: str) -> None:
    response = send(editor, ADD, data, alt="A hand")
    assert response.status_code == 400
    assert response.context["form"].errors["file"] == [sentence]
    assert 'value="A hand"' in response.content.decode()
    assert not Image.objects.exists()


def test_a_picture_without_a_description_is_an_error_of_the_form(editor: Client) -> None:
    response = send(editor, ADD, jpeg(), alt="")
    assert response.status_code == 400
    assert "Say what the picture shows, or tick “decorative”" in response.content.decode()


def test_the_form_without_a_file_says_so(editor: Client) -> None:
    response = editor.post(ADD, {"alt": "A hand"})
    assert "Choose a picture." in response.content.decode()


def test_neither_name_nor_claimed_type_counts(editor: Client, client: Client) -> None:
    send(editor, ADD, png(), name="../../evil.html", type_="text/html", alt="A hand")
    image = Image.objects.get()
    names = [image.original.name, *image.renditions.values_list("file", flat=True)]
    assert all(name.startswith("images/") and "evil" not in name for name in names)
    for name in names:
        assert client.get(f"/media/{name}")["Content-Type"].startswith("image/")
    send(editor, ADD, b"<script>alert(1)</script>", name="a.gif", type_="image/gif", alt="A hand")
    assert Image.objects.count() == 1


def test_a_large_upload_is_dropped_while_it_arrives(editor: Client, monkeypatch) -> None:
    kept: list[int] = []
    from_upload = SimpleUploadedFile("photo.jpg", bytes(MAX_BYTES + 15 * 1024 * 1024), "image/jpeg")

    def watched(form: object) -> None:
        kept.append(form.files["file"].size)

    monkeypatch.setattr("clinic_site.images.forms.UploadForm._post_clean", watched)
    response = editor.post(ADD, {"file": from_upload, "alt": "A hand"})
    assert response.context["form"].errors["file"] == [TOO_BIG]
    assert MAX_BYTES < kept[0] <= MAX_BYTES + 2 * 1024 * 1024


# Finding


def test_the_library_is_a_grid_of_our_own_small_pictures(editor: Client, image: Image) -> None:
    html = editor.get(LIST).content.decode()
    row = image.renditions.get(kind="jpeg", width=480)
    assert f'<img src="/media/{row.file.name}" alt="" width="480" height="320"' in html
    assert url("change", image) in html


@pytest.mark.parametrize(("words", "found"), [("shoulder", 1), ("HAND", 1), ("knee", 0)])
def test_it_is_searched_by_description_and_title(
    editor: Client, image: Image, words: str, found: int
) -> None:
    assert editor.get(LIST, {"q": words}).content.decode().count('class="tile"') == found


def test_an_empty_library_says_so(editor: Client) -> None:
    assert "No picture here yet." in editor.get(LIST).content.decode()


def test_more_pictures_take_no_more_queries(
    editor: Client, image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    editor.get(LIST)
    with CaptureQueriesContext(connection) as few:
        editor.get(LIST)
    for number in range(3):
        upload(data=jpeg(60, 40), alt=f"Hand {number}", by=image.uploaded_by)
    with django_assert_num_queries(len(few)):
        assert editor.get(LIST).content.decode().count('class="tile"') == 4


def test_its_page_shows_where_it_is_used_and_how_to_write_it(
    editor: Client, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "FINDERS", [in_use])
    html = editor.get(url("change", image)).content.decode()
    assert '<a href="/safety/">Safety</a> (live)' in html
    assert '<a href="/aftercare/">Aftercare</a> (draft)' in html
    assert f"<code>![A hand on a shoulder](image:{image.pk})</code>" in html
    assert url("replace", image) in html


def test_its_words_are_changed_through_the_form(editor: Client, image: Image) -> None:
    response = editor.post(url("change", image), {"alt": "Two hands", "is_sensitive": "on"})
    image.refresh_from_db()
    assert response.status_code == 302
    assert (image.alt, image.is_sensitive) == ("Two hands", True)


def test_words_that_do_not_go_together_are_an_error_of_the_form(
    editor: Client, image: Image
) -> None:
    response = editor.post(url("change", image), {"alt": ""})
    assert response.status_code == 200
    assert "Say what the picture shows" in response.content.decode()


def test_it_is_replaced_in_place(editor: Client, image: Image) -> None:
    response = send(editor, url("replace", image), png(800, 300))
    image.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, url("change", image))
    assert (image.version, image.width, image.replaced_by.username) == (
        2,
        800,
        "add-change-delete-view",
    )


def test_a_refused_replacement_is_an_error_of_the_form(editor: Client, image: Image) -> None:
    response = send(editor, url("replace", image), b"GIF89a")
    assert response.status_code == 400
    assert "This is a GIF." in response.content.decode()
    image.refresh_from_db()
    assert image.version == 1


def test_an_image_in_use_is_not_deleted_and_the_reason_is_told(
    editor: Client, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "FINDERS", [in_use])
    for ask in (editor.get, editor.post):
        response = ask(url("delete", image), {"post": "yes"}, follow=True)
        assert response.redirect_chain == [(url("change", image), 302)]
        assert "The image is used in “Safety” (live), “Aftercare” (draft)." in (
            response.content.decode()
        )
    assert Image.objects.exists()


def test_an_image_that_comes_into_use_while_being_deleted_stays(
    editor: Client, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_site.images.actions.uses_of", in_use)
    response = editor.post(url("delete", image), {"post": "yes"})
    assert (response.status_code, response["Location"]) == (302, url("change", image))
    assert Image.objects.exists()


def test_an_image_that_no_page_shows_is_deleted(editor: Client, image: Image) -> None:
    assert editor.get(url("delete", image)).status_code == 200
    editor.post(url("delete", image), {"post": "yes"})
    assert not Image.objects.exists()


def test_a_number_that_is_not_there_is_no_fault(editor: Client) -> None:
    for name in ("change", "replace", "delete"):
        address = reverse(f"admin:images_image_{name}", args=[999])
        assert editor.get(address).status_code in (302, 404)


# Who may


@pytest.mark.parametrize(
    ("name", "right"),
    [("changelist", "view"), ("add", "add"), ("replace", "change"), ("delete", "delete")],
)
def test_each_page_needs_its_right(staff: Staff, image: Image, name: str, right: str) -> None:
    args = [image.pk] if name in ("replace", "delete") else []
    address = reverse(f"admin:images_image_{name}", args=args)
    enough = {"view", "change"} if right == "view" else {right}
    lacking = staff(*sorted({"add", "change", "delete", "view"} - enough))
    assert lacking.get(address).status_code == 403
    assert send(lacking, address, jpeg(), alt="A", post="yes").status_code == 403
    assert staff(right).get(address).status_code == 200
    image.refresh_from_db()
    assert (image.version, Image.objects.count()) == (1, 1)


def test_who_may_only_view_can_change_nothing(staff: Staff, image: Image) -> None:
    viewer = staff("view")
    assert viewer.get(url("change", image)).status_code == 200
    assert viewer.post(url("change", image), {"alt": "Other"}).status_code == 403


@pytest.mark.parametrize("name", ["changelist", "add", "change", "replace", "delete", "history"])
def test_a_stranger_is_led_to_the_sign_in(client: Client, image: Image, name: str) -> None:
    args = [] if name in ("changelist", "add") else [image.pk]
    response = client.get(reverse(f"admin:images_image_{name}", args=args))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))
