"""The real nginx and Caddy in front of the real site: patients from the edition, the rest from the application."""

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from clinic_site.operations.go_live.asking import answers_half_a_body
from tests.operations.web_servers import (
    Proxy,
    in_front,
    running,
    start_caddy,
    start_nginx,
    wait_for_edition,
)


@pytest.fixture(params=[start_nginx, start_caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest) -> Proxy:
    """Each web server in front of a site of its own, started once for all tests of this file."""
    return request.getfixturevalue("nginx" if request.param is start_nginx else "caddy")


@pytest.fixture(scope="module")
def nginx(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running(start_nginx, prepared, tmp_path_factory.mktemp("proxied")) as started:
        yield started


@pytest.fixture(scope="module")
def caddy(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running(start_caddy, prepared, tmp_path_factory.mktemp("proxied")) as started:
        yield started


def parts(value: str | None) -> list[str]:
    """The directives of a header, whose order means nothing."""
    return sorted(part.strip() for part in (value or "").split(";"))


def test_a_page_has_the_bytes_that_the_application_serves(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").read()
    assert proxy.get("/safety/").read() == behind


def test_a_page_comes_from_the_folder(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").headers
    front = proxy.get("/safety/").headers
    assert front["Server"] in ("nginx", "Caddy")
    assert front["ETag"] != behind["ETag"]  # a file's says when it was written


def test_the_headers_are_those_of_the_application(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").headers
    front = proxy.get("/safety/").headers
    own = ("server", "date", "connection", "content-length", "etag", "keep-alive", "link")
    told = {n: v for n, v in behind.items() if n.lower() not in own}
    assert {n: parts(front[n]) for n in told} == {n: parts(v) for n, v in told.items()}


def test_a_page_comes_compressed(proxy: Proxy) -> None:
    plain = proxy.get("/safety/").read()
    response = proxy.get("/safety/", **{"Accept-Encoding": "gzip, br"})
    assert response.headers.get_all("Vary") == ["Accept-Encoding"]
    coding, body = response.headers["Content-Encoding"], response.read()
    assert (brotli.decompress(body) if coding == "br" else gzip.decompress(body)) == plain


def test_static_files_are_kept_for_ever(proxy: Proxy) -> None:
    files = sorted((proxy.site.public_dir / "static").glob("js/*.js"))
    response = proxy.get(f"/static/js/{files[0].name}")
    assert (response.status, "immutable" in response.headers["Cache-Control"]) == (200, True)


@pytest.mark.parametrize(
    "path", ["/book/", "/safety/?a=1", "/no-such-page/", "/sitemap.xml", "/safety"]
)
def test_what_is_no_file_is_answered_by_the_application(proxy: Proxy, path: str) -> None:
    behind = Proxy(proxy.site, proxy.site.port).get(path)
    assert proxy.get(path).status == behind.status


@pytest.mark.parametrize("path", ["/safety/", "/?:x", "/safety/?:"])
def test_staff_and_what_has_a_query_reach_the_application(proxy: Proxy, path: str) -> None:
    cookie = "" if "?" in path else "session=made-up"
    behind = Proxy(proxy.site, proxy.site.port).get(path, Cookie=cookie)
    response = proxy.get(path, Cookie=cookie)
    assert response.headers["ETag"] == behind.headers["ETag"]  # a file's says when it was written


@pytest.mark.parametrize("path", ["/../secret_key", "/%2e%2e/secret_key", "/static/../secret_key"])
def test_nothing_outside_the_folder_can_be_read(proxy: Proxy, path: str) -> None:
    secret = (proxy.site.data_dir / "secret_key").read_bytes()
    assert secret not in proxy.get(path).read()


def test_pages_are_served_while_the_application_is_down(proxy: Proxy) -> None:
    proxy.site.stop()
    try:
        assert proxy.get("/first-session/").status == 200
        assert proxy.get("/book/").status in (502, 503)
    finally:
        proxy.site.start()
        wait_for_edition(proxy.site)


@pytest.mark.parametrize(("path", "allowed"), [("/book/", 21), ("/safety/", 91)])
def test_nginx_limits_how_often_one_address_may_ask(
    nginx: Proxy, tmp_path: Path, path: str, allowed: int
) -> None:
    with in_front(start_nginx, nginx.site, tmp_path) as fresh:
        told = [fresh.get(path).status for _ in range(allowed + 60)]
    assert set(told[: allowed - 1]) == {200}
    assert 429 in told


@pytest.mark.parametrize(
    ("path", "is_taken"), [("/admin/images/image/add/", True), ("/admin/pages/page/add/", False)]
)
def test_photos_of_25_mb_pass_where_pictures_are_taken_in_alone(
    proxy: Proxy, path: str, is_taken: bool
) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{proxy.port}{path}",
        data=bytes(25 * 1024 * 1024),
        headers={"Host": f"localhost:{proxy.site.port}", "Cookie": "session=made-up"},
    )
    with pytest.raises(urllib.error.URLError) as refused:  # nginx may hang up on the sender
        urllib.request.urlopen(request, timeout=60)
    is_read = isinstance(refused.value, urllib.error.HTTPError) and refused.value.code == 403
    assert is_read == is_taken


def test_half_a_form_is_answered_by_the_site_alone(proxy: Proxy) -> None:
    assert answers_half_a_body(proxy.site.url)
    assert not answers_half_a_body(f"http://localhost:{proxy.port}")
