"""`manage.py go_live` over the real site behind a real Caddy with https: what is right passes, what is not is told."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import outer_sink
from tests.faults.processes import wait_for
from tests.operations.web_servers import program
from tests.outbox.sink import Sink
from tests.serving import Site, free_port

__all__ = ["outer_sink"]
LINE = re.compile(r"^\[(ok|TO DO|advice)\] ([^:]+): (.*)$", re.MULTILINE)
# There is nobody yet, nobody has signed anything, and the address is one of this machine.
MISSING = {"accounts", "sign-off", "settings"}
Change = Callable[[str], str]


@contextmanager
def behind_caddy(site: Site, folder: Path, change: Change = str) -> Iterator[Path]:
    """Caddy over https in front of the site, as its own configuration says but for `change`; the root certificate."""
    written = site.manage("proxy_config", "caddy")
    assert written.returncode == 0, written.stderr
    own = f"\n{{\n\tadmin off\n\tskip_install_trust\n\tlocal_certs\n\thttp_port {free_port()}\n"
    (folder / "Caddyfile").write_text(change(written.stdout.replace("\n{\n", own, 1)))
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
    with (folder / "caddy.log").open("w") as log:
        server = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        )
    root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    try:
        wait_for(root.exists, "Caddy's own certificate")
        yield root
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def public(prepared: Path, tmp_path: Path, outer_sink: Sink) -> Iterator[Site]:
    """A site as it is in public, but for its people: https, a mail server, settings in a file, a backup."""
    program("caddy")
    folder = shutil.copytree(prepared, tmp_path / "data")
    shutil.copytree(Path(__file__).parents[3] / "content", tmp_path / "words")
    settings = {
        "SITE_URL": f"https://localhost:{free_port()}",
        "EMAIL_URL": f"smtp://127.0.0.1:{outer_sink.port}",
        "CONTENT_DIR": str(tmp_path / "words"),
        "HEARTBEAT_URL": "http://127.0.0.1:9/",
        "SECOND_FACTOR_REQUIRED": "1",
    }
    (tmp_path / "clinic.env").write_text("".join(f"{n}={v}\n" for n, v in settings.items()))
    (tmp_path / "clinic.env").chmod(0o600)
    site = Site(folder, CLINIC_ENV=str(tmp_path / "clinic.env"))
    site.url = settings["SITE_URL"]
    site.start()
    wait_for((folder / "worker.json").exists, "a sign of life of the worker")
    assert site.manage("backup").returncode == 0
    yield site
    site.stop()


def go_live(site: Site, root: Path | None) -> tuple[dict[str, str], str]:
    """What is left to do by name, and all that was said."""
    site.environment |= {"SSL_CERT_FILE": str(root)} if root else {}
    said = site.manage("go_live", "--mail-to", "owner@example.ca", patience=200)
    points = LINE.findall(said.stdout)
    assert points, said.stdout + said.stderr
    left = {name: text for standing, name, text in points if standing == "TO DO"}
    assert (said.returncode == 0) is not bool(left)
    return left, said.stdout


@pytest.mark.timeout(600)
def test_what_is_right_passes_and_what_a_trial_cannot_have_is_told(
    public: Site, tmp_path: Path, outer_sink: Sink
) -> None:
    with behind_caddy(public, tmp_path) as root:
        left, said = go_live(public, root)
    root_alone = {"files"} if os.geteuid() == 0 else set()  # it says that root should not run it
    assert set(left) == MISSING | root_alone, said
    assert outer_sink.addresses() == {"owner@example.ca": 1}
    assert "[ok] headers" in said
    assert "[ok] bodies" in said
    assert "was restored into a folder of its own" in said
    assert not list((public.data_dir / "backups").glob(".*"))


@pytest.mark.timeout(600)
def test_a_web_server_that_is_not_set_up_as_it_should_is_told(public: Site, tmp_path: Path) -> None:
    def careless(written: str) -> str:
        without = written.replace("Strict-Transport-Security", "X-No")
        return without.replace("precompressed br gzip", "")

    with behind_caddy(public, tmp_path, careless) as root:
        left, said = go_live(public, root)
        assert {"headers", "compression"} <= set(left), said
        assert "Strict-Transport-Security" in left["headers"]
        public.environment.pop("SSL_CERT_FILE")
        left, said = go_live(public, None)
        assert "Browsers would warn" in left["https"]
        assert "bodies" not in said  # nothing more can be asked
    left, said = go_live(public, None)
    assert "Nothing answers at" in left["https"]


@pytest.mark.timeout(600)
def test_a_proxy_that_is_not_believed_is_told(public: Site, tmp_path: Path) -> None:
    public.stop()
    public.environment["FORWARDED_ALLOW_IPS"] = "192.0.2.1"
    public.start()
    with behind_caddy(public, tmp_path) as root:
        left, said = go_live(public, root)
    assert "leads to itself for ever" in left["form"], said
    assert "FORWARDED_ALLOW_IPS" in said
