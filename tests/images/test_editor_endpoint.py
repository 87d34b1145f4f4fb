"""What the page editor asks: upload a picture, pick one."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic_site.images.models import Image
from clinic_site.images.upload_errors import EMPTY, SVG, TOO_BIG
from clinic_site.markup import parse
from tests.images.making import jpeg

pytestmark = pytest.mark.django_db
UPLOAD, PICK = "admin:images_image_upload", "admin:images_image_pick"
Staff = Callable[..., Client]


def send(client: Client, data: bytes | None = None, **words: str):
    sent = {"alt": "A thin needle", **words}
    if data is None:
        data = jpeg()
    file = SimpleUploadedFile("photo.jpg", data, "image/jpeg")
    return client.post(reverse(UPLOAD), {"file": file, **sent})


def test_an_upload_says_how_a_text_names_it(editor: Client) -> None:
    response = send(editor, alt="A thin needle", title="Needle")
    image = Image.objects.get()
    assert response.status_code == 200
    told = response.json()
    assert told["id"] == image.pk
    assert told["markdown"] == f"![A thin needle](image:{image.pk})"
    assert editor.get(told["thumbnail"])["Content-Type"] == "image/jpeg"
    assert (image.title, image.uploaded_by.username) == ("Needle", "add-change-delete-view")


def test_the_flags_are_taken(editor: Client) -> None:
    send(editor, is_sensitive="1")
    assert Image.objects.get().is_sensitive


def test_decorative_said_outright_needs_no_description(editor: Client) -> None:
    told = send(editor, alt="", is_decorative="1").json()
    assert told["markdown"] == f"![](image:{told['id']})"


@pytest.mark.parametrize(
    ("data", "words", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, SVG),
        (b"", {}, EMPTY),
        (jpeg() + bytes(25 * 1024 * 1024), {}, TOO_BIG),
        (None, {"alt": ""}, "Say what the picture shows, or tick “decorative”"),
        (None, {"is_decorative": "1"}, "Say what the picture shows, or tick “decorative”"),
        (None, {"alt": "", "is_decorative": "1", "is_sensitive": "1"}, "folded behind its"),
        (None, {"alt": "x" * 301}, "300 characters"),
    ],
    ids=["svg", "empty", "big", "no alt", "both", "sensitive and decorative", "long alt"],
)
def test_a_refusal_is_a_sentence(
    editor: Client, data: bytes | None, words: dict[str, str], sentence: str
) -> None:
    response = send(editor, data, **words)
    assert response.status_code == 400
    assert sentence in response.json()["error"]
    assert not Image.objects.exists()


def test_no_file_at_all_is_a_sentence(editor: Client) -> None:
    response = editor.post(reverse(UPLOAD), {"alt": "A needle"})
    assert (response.status_code, response.json()) == (400, {"error": "Choose a picture."})


def test_a_broken_body_is_refused(editor: Client) -> None:
    response = editor.post(
        reverse(UPLOAD), b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 400


@pytest.mark.parametrize("signs", ["[a] *b* `c` <d> & \\ _e_ ![x](image:1)", "] (", "a\nb"])
def test_the_markdown_says_the_very_description(editor: Client, signs: str) -> None:
    told = send(editor, alt=signs).json()
    (found,) = parse(told["markdown"]).images
    assert (found.src, found.alt) == (f"image:{told['id']}", " ".join(signs.split()))


def test_picking_finds_by_words_newest_first(editor: Client) -> None:
    for title in ("Left hand", "Right hand", "Foot"):
        send(editor, title=title)
    found = editor.get(reverse(PICK), {"q": "hand"}).json()
    assert [image["title"] for image in found["images"]] == ["Right hand", "Left hand"]
    assert found["next"] is None


def test_picking_goes_page_by_page(editor: Client, image: Image) -> None:
    Image.objects.bulk_create(
        Image(
            alt=f"Picture {number}",
            original=f"x/{number}",
            width=1,
            height=1,
            sha256="0" * 64,
            uploaded_by=image.uploaded_by,
        )
        for number in range(30)
    )
    first = editor.get(reverse(PICK)).json()
    second = editor.get(reverse(PICK), {"page": first["next"]}).json()
    assert (len(first["images"]), len(second["images"]), second["next"]) == (24, 7, None)


def test_the_methods_are_kept_apart(editor: Client) -> None:
    assert editor.get(reverse(UPLOAD)).status_code == 405
    assert editor.post(reverse(PICK)).status_code == 405


def test_a_stranger_is_told_to_sign_in(client: Client) -> None:
    for response in (send(client), client.get(reverse(PICK))):
        assert response.status_code == 403
        assert "Sign in again" in response.json()["error"]


@pytest.mark.parametrize(("name", "right"), [(UPLOAD, "add"), (PICK, "view")])
def test_each_needs_its_own_right(staff: Staff, name: str, right: str) -> None:
    others = {"add", "change", "delete", "view"} - {right}
    others -= {"change"} if right == "view" else set()
    client = staff(*sorted(others))
    response = send(client) if name == UPLOAD else client.get(reverse(PICK))
    assert response.status_code == 403
    assert "may not" in response.json()["error"]


def test_a_post_without_the_token_is_refused(editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert send(strict).status_code == 403
    assert not Image.objects.exists()
