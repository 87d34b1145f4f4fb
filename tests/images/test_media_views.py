"""Files over HTTP: the right type, kept for ever, and nothing that a browser could run."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic_site.images.models import Image, Kind
from clinic_site.images.pictures import media_url

pytestmark = pytest.mark.django_db


def address(image: Image, kind: Kind = Kind.JPEG) -> str:
    return media_url(image.renditions.filter(kind=kind).first().file)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [(Kind.AVIF, "image/avif"), (Kind.WEBP, "image/webp"), (Kind.JPEG, "image/jpeg")],
)
def test_a_file_is_served_as_what_it_is(
    client: Client, image: Image, kind: Kind, type_: str
) -> None:
    response = client.get(address(image, kind))
    row = image.renditions.filter(kind=kind).first()
    assert response.status_code == 200
    assert response["Content-Type"] == type_
    assert int(response["Content-Length"]) == row.size
    assert response.content == default_storage.open(row.file.name).read()


def test_the_headers_let_it_be_kept_and_not_run(client: Client, image: Image) -> None:
    response = client.get(address(image))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = set(response["Content-Security-Policy"].split("; "))
    assert policy == {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}
    assert "Set-Cookie" not in response
    assert "Vary" not in response


def test_head_tells_the_same(client: Client, image: Image) -> None:
    asked, told = client.head(address(image)), client.get(address(image))
    assert asked.content == b""
    assert asked["ETag"] == told["ETag"]
    assert asked["Content-Length"] == told["Content-Length"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_a_browser_that_has_it_gets_304(client: Client, image: Image, form: str) -> None:
    etag = client.get(address(image))["ETag"]
    response = client.get(address(image), headers={"If-None-Match": form.format(etag)})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag


def test_another_etag_gets_the_file(client: Client, image: Image) -> None:
    assert client.get(address(image), headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, None),
        ("bytes=-5", -5, None),
        ("bytes=0-99999999", 0, None),
    ],
)
def test_a_part_can_be_had(
    client: Client, image: Image, asked: str, start: int, end: int | None
) -> None:
    whole = client.get(address(image)).content
    response = client.get(address(image), headers={"Range": asked})
    assert response.status_code == 206
    assert response.content == whole[start:end]
    first = start % len(whole)
    last = first + len(response.content) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_416(client: Client, image: Image, asked: str) -> None:
    response = client.get(address(image), headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=" + "9" * 5000 + "-"]
)
def test_a_range_that_means_nothing_gets_the_file(client: Client, image: Image, asked: str) -> None:
    assert client.get(address(image), headers={"Range": asked}).status_code == 200


def test_a_part_of_another_version_gets_the_file(client: Client, image: Image) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"other"'}
    assert client.get(address(image), headers=headers).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "evil.html",
        "images/0123456789/0123456789abcdef.html",
        "images/0123456789/0123456789abcdef.svg",
        "images/0123456789/evil.jpg",
        "images/0123456789/0123456789abcdef.jpg.html",
        "secret.txt",
    ],
)
def test_a_file_of_another_name_is_not_served(client: Client, name: str) -> None:
    default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "images/../../secret_key",
        "images/%2e%2e/%2e%2e/secret_key",
        "images/0123456789/0123456789abcdef.jpg%0a",
        "images/0123456789/..%2f..%2f..%2fsecret_key",
        "",
        "images/",
        "images/0123456789/0123456789abcdef.jpg",
    ],
)
def test_there_is_no_way_out_of_the_folder(client: Client, path: str, media_root: Path) -> None:
    (media_root.parent / "secret_key").write_text("secret")
    assert client.get(f"/media/{path}").status_code == 404


def test_files_need_no_database(
    client: Client, image: Image, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    where = address(image)
    with django_assert_num_queries(0):
        client.get(where)


def test_nothing_can_be_written_there(client: Client, image: Image) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address(image)).status_code == 405
