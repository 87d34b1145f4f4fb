"""`manage.py serve`: what it prints, how it stops, what it refuses."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from clinic_site.env import BASE_DIR
from clinic_site.operations.port_check import require_free
from tests.commands.processes import children, descendants, eventually, is_alive
from tests.serving import Site, free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
GUNICORN = (str(BIN / "gunicorn"), "--config", "python:clinic_site.gunicorn_conf")


def status(site: Site) -> int:
    """The status of the running site's home page."""
    with urllib.request.urlopen(f"{site.url}/", timeout=30) as answer:
        return int(answer.status)


def family(site: Site) -> list[int]:
    """The processes below the one that was started, once gunicorn and its two workers are there."""
    assert site.process
    pid = site.process.pid
    assert eventually(lambda: any(len(children(child)) == 2 for child in children(pid)))
    return descendants(pid)


def web(site: Site) -> int:
    """gunicorn's own process."""
    return next(pid for pid in family(site) if len(children(pid)) == 2)


def test_it_serves_and_says_where_and_how_to_sign_in(ready: Site) -> None:
    ready.start()
    assert status(ready) == 200
    ready.stop()
    assert f"{ready.url}/ " in ready.words()
    assert "make staff" in ready.words()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_cleanly_and_leaves_nobody(ready: Site, by: signal.Signals) -> None:
    ready.start()
    everyone = family(ready)
    assert ready.stop(by) == 0
    assert [pid for pid in everyone if is_alive(pid)] == []
    assert "Traceback" not in ready.words()


def test_gunicorn_alone_serves_with_the_sites_configuration(ready: Site) -> None:
    ready.environment |= {"DJANGO_SETTINGS_MODULE": "clinic_site.settings"}
    ready.start(GUNICORN)
    assert status(ready) == 200
    assert ready.stop() == 0


def test_nobody_stays_when_it_is_killed(ready: Site) -> None:
    ready.start()
    everyone = family(ready)
    ready.stop(signal.SIGKILL)
    assert eventually(lambda: not any(map(is_alive, everyone)))


def test_a_killed_worker_is_replaced(ready: Site) -> None:
    ready.start()
    gunicorn = web(ready)
    before = set(children(gunicorn))
    os.kill(min(before), signal.SIGKILL)
    assert eventually(lambda: len(set(children(gunicorn)) - before) == 1)
    assert status(ready) == 200
    assert ready.stop() == 0


def test_what_people_ask_for_stays_out_of_the_log_after_new_workers_were_asked_for(
    ready: Site,
) -> None:
    ready.start()
    gunicorn = web(ready)
    before = set(children(gunicorn))
    os.kill(gunicorn, signal.SIGHUP)
    assert eventually(lambda: len(now := set(children(gunicorn))) == 2 and not now & before)
    with pytest.raises(HTTPError):
        urllib.request.urlopen(f"{ready.url}/my-private-condition/", timeout=30)
    ready.stop()
    assert "my-private-condition" not in ready.words()


def test_it_ends_with_an_error_when_gunicorn_dies(ready: Site) -> None:
    ready.start()
    os.kill(web(ready), signal.SIGKILL)
    assert ready.process
    assert ready.process.wait(60) == 1
    assert "The web process ended" in ready.words()


def test_all_that_it_writes_is_in_the_data_folder(ready: Site) -> None:
    before = set(BASE_DIR.iterdir())
    ready.start()
    assert status(ready) == 200
    ready.stop()
    assert set(BASE_DIR.iterdir()) == before
    assert ready.data_dir.stat().st_mode & 0o777 == 0o711  # the way to what the web server reads


def refused(site: Site, *command: str, **variables: str) -> str:
    """The only line that a start which must fail writes."""
    done = subprocess.run(
        command or (*MANAGE, "serve"),
        cwd=site.code,
        env=site.environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    (line,) = (done.stdout + done.stderr).splitlines()
    return line


def test_trying_the_port_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the site would take the trial for it, and be turned away a moment later."""
    heard: list[socket.socket] = []
    monkeypatch.setattr(socket.socket, "listen", lambda one, *_: heard.append(one))
    require_free("127.0.0.1", free_port())
    assert heard == []


def test_a_taken_port_is_one_sentence(ready: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refused(ready, PORT=str(port))
    assert line.startswith(
        f"Port {port} is taken: stop the program that listens there, or choose another"
    )


def test_an_address_of_another_machine_is_one_sentence(ready: Site) -> None:
    assert refused(ready, BIND="192.0.2.1").startswith("Cannot listen on 192.0.2.1")


@pytest.mark.parametrize(
    "command",
    [(), (*MANAGE, "check"), GUNICORN],
    ids=["serve", "manage", "gunicorn"],
)
def test_a_bad_value_is_one_sentence_for_every_program(
    ready: Site, command: tuple[str, ...]
) -> None:
    line = refused(ready, *command, PORT="eighty", DJANGO_SETTINGS_MODULE="clinic_site.settings")
    assert line == "PORT: write a whole number from 1 to 65535, not “eighty”."


def test_a_folder_that_cannot_be_written_is_one_sentence(ready: Site) -> None:
    line = refused(ready, DATA_DIR="/proc/clinic")
    assert line.startswith("DATA_DIR: cannot write to /proc/clinic (")


def test_a_database_that_is_none_is_one_sentence(ready: Site) -> None:
    (ready.data_dir / "db.sqlite3").write_bytes(b"not a database, not even nearly" * 100)
    line = refused(ready)
    assert line.startswith(
        f"The database {ready.data_dir}/db.sqlite3 cannot be used. The database is damaged"
    )


FORKING = """
import os, signal
from clinic_site import gunicorn_conf
signal.signal(signal.SIGTERM, lambda number, frame: None)  # as gunicorn's parent, which takes note of it
gunicorn_conf.on_starting(None)
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGTERM)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), len(signal.pthread_sigmask(signal.SIG_BLOCK, ())))
"""


def test_a_worker_told_to_stop_before_it_listens_to_signals_stops_at_once(ready: Site) -> None:
    done = ready.manage("shell", "--no-imports", "-c", FORKING)
    assert done.stdout.split() == [str(-signal.SIGTERM), "0"], done.stderr


def test_new_code_shows_to_who_has_the_old_page(copy: Path, ready: Site) -> None:
    site = Site(ready.data_dir, code=copy)
    site.start()
    with urllib.request.urlopen(f"{site.url}/safety/", timeout=30) as answer:
        tag = answer.headers["ETag"]
    site.stop()
    footer = copy / "templates" / "_components" / "footer.html"
    footer.write_text(footer.read_text() + "<p>Deployed.</p>")
    site.start()
    asked = urllib.request.Request(f"{site.url}/safety/", headers={"If-None-Match": tag})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert b"Deployed." in answer.read()
    site.stop()
