"""What the web server in front may read, and what nobody else on the machine may: real processes under other users."""

import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PIL import Image as Picture

from tests.operations.web_servers import (
    Proxy,
    listening,
    start_caddy,
    start_nginx,
    wait_for_edition,
)
from tests.serving import Site, free_port

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="another user takes root")
PICTURE = "images/0123456789/0123456789abcdef.png"
MAIL = "mail/20261127.eml"
ORIGINAL = "images/0123456789/kept-0123456789abcdef.png"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def png() -> bytes:
    made = io.BytesIO()
    Picture.new("RGB", (2, 2)).save(made, "png")
    return made.getvalue()


def may_read(path: Path) -> bool:
    """Whether a user who is nobody special can open the file."""
    asked = "import sys; open(sys.argv[1], 'rb').read(1)"
    command = (
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "/usr/bin/env",
        "python3",
    )
    return (
        subprocess.run(
            (*command, "-c", asked, str(path)), capture_output=True, timeout=30
        ).returncode
        == 0
    )


@pytest.fixture(scope="module")
def old_data(prepared: Path) -> Iterator[Path]:
    """A data folder of before there was PUBLIC_DIR, where others can get at it, with modes as they were."""
    # Not below pytest's own folder, which nobody else may enter.
    home = Path(
        subprocess.check_output(("mktemp", "-d", "/tmp/clinic-site-XXXXXX"), text=True).strip()
    )
    home.chmod(0o755)
    data = shutil.copytree(
        prepared, home / "data", ignore=shutil.ignore_patterns("public", "edition*", "static")
    )
    for name, content in {PICTURE: png(), ORIGINAL: png()}.items():
        (data / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (data / "media" / name).write_bytes(content)
    (data / "static").mkdir()
    (data / "static" / "old.css").touch()
    (data / "mail").mkdir(exist_ok=True)
    (data / MAIL).touch()
    for name in ("db.sqlite3", "secret_key", MAIL):
        (data / name).chmod(0o644)
    (data / "mail").chmod(0o755)
    data.chmod(0o755)
    yield data
    shutil.rmtree(home)


def first_words(site: Site) -> Path:
    """What the first start said: each start writes its words anew."""
    return site.data_dir.parent / "first.words"


@pytest.fixture(scope="module")
def running(old_data: Path) -> Iterator[Site]:
    """The site over it, started by somebody whose umask gives everything to everybody."""
    site = Site(old_data)
    site.start(("/bin/sh", "-c", f"umask 0; exec {sys.executable} manage.py serve"))
    wait_for_edition(site)
    first_words(site).write_text(site.words())
    yield site
    if site.process and site.process.poll() is None:
        site.stop()


def test_nothing_but_the_public_folder_is_open_to_others(running: Site) -> None:
    data = running.data_dir
    open_to_others = {
        path.relative_to(data).parts[0]
        for path in data.rglob("*")
        if not path.is_symlink() and mode(path) & 0o077
    }
    assert open_to_others == {"public"}
    assert mode(data) == 0o711


def test_in_the_public_folder_all_can_be_read_but_the_copies_that_are_kept(running: Site) -> None:
    public = running.public_dir
    folders = [public / "static", public / "media", (public / "edition").resolve()]
    paths = [path for folder in folders for path in folder.rglob("[!.]*")]
    assert len(paths) > 100
    closed = {path.name for path in paths if path.is_file() and mode(path) != 0o644}
    assert closed == {Path(ORIGINAL).name}
    assert {mode(path) for path in (public, *folders, *paths) if path.is_dir()} == {0o755}
    assert {path.name.partition("-")[0] for path in public.iterdir()} == {
        "edition",
        "editions",
        "media",
        "static",
    }


def test_what_was_too_open_is_said(running: Site) -> None:
    said = first_words(running).read_text()
    assert "Others had the right to read" in said
    assert "Moved 2 files of pictures" in said
    assert "write its configuration anew with manage.py proxy_config" in said


def test_what_lay_in_the_old_places_has_moved(running: Site) -> None:
    assert (running.public_dir / "media" / PICTURE).read_bytes() == png()
    assert (running.public_dir / "media" / ORIGINAL).read_bytes() == png()
    assert {"media", "static", "editions"} & {
        path.name for path in running.data_dir.iterdir()
    } == set()


@as_root
def test_another_user_reads_what_is_public_and_nothing_else(running: Site) -> None:
    assert may_read(running.public_dir / "edition" / "safety" / "index.html")
    assert may_read(running.public_dir / "media" / PICTURE)
    for name in ("db.sqlite3", "secret_key", MAIL, f"public/media/{ORIGINAL}"):
        assert not may_read(running.data_dir / name), name


@pytest.fixture(scope="module", params=[start_nginx, start_caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, running: Site) -> Iterator[Proxy]:
    """Each web server in front of it, run by somebody who owns nothing of the site."""
    if os.geteuid() != 0:
        pytest.skip("another user takes root")
    folder = running.data_dir.parent / request.param.__name__
    folder.mkdir()
    made = Proxy(running, free_port())
    command = request.param(running, folder, made.port)
    for path in (folder, *folder.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    home = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "env": home}
    with listening(command, made, folder, **nobody):
        yield made


@pytest.fixture
def alone(proxy: Proxy) -> Iterator[Proxy]:
    """With the application stopped: what is answered now comes from files."""
    proxy.site.stop()
    yield proxy
    proxy.site.start()


def test_pages_pictures_and_static_files_come_from_the_public_folder(alone: Proxy) -> None:
    script = next((alone.site.public_dir / "static" / "js").glob("*.js")).name
    for path in ("/", "/safety/", f"/static/js/{script}", f"/media/{PICTURE}"):
        assert alone.get(path).status == 200, path


def test_a_picture_has_the_headers_of_the_application(proxy: Proxy) -> None:
    behind = Proxy(proxy.site, proxy.site.port).get(f"/media/{PICTURE}").headers
    front = proxy.get(f"/media/{PICTURE}").headers
    names = (
        "Content-Type",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
    )
    told = {name: sorted((front[name] or "").split("; ")) for name in names}
    assert told == {name: sorted((behind[name] or "").split("; ")) for name in names}
    assert "immutable" in front["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/static/../../db.sqlite3", "/static/..%2f..%2fsecret_key", "/media/../../secret_key"]
)
def test_nothing_private_comes_through(alone: Proxy, path: str) -> None:
    assert alone.get(path).status in (400, 403, 404, 502)


def test_slow_forms_hold_up_nobody(proxy: Proxy) -> None:
    head = f"POST /book/ HTTP/1.1\r\nHost: localhost:{proxy.site.port}\r\nContent-Length: 5000\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\nname=a"
    with ExitStack() as stack:
        for _ in range(16):
            slow = stack.enter_context(closing(socket.create_connection(("127.0.0.1", proxy.port))))
            slow.sendall(head.encode())
        time.sleep(0.5)  # so that all of them wait where they will
        for path in ("/book/", "/no-such-page/", "/search/?q=safe"):
            began = time.monotonic()
            assert proxy.get(path).status in (200, 404)
            assert time.monotonic() - began < 5
