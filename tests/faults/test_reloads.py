"""20 reloads under load: new web processes, and a new configuration of the web server, and no request that fails."""

import http.client
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.faults.conftest import MakeSite
from tests.faults.patients import FORM, SEE_OTHER, fill_in
from tests.faults.processes import Keeper, wait_for
from tests.faults.test_slow_clients import ask
from tests.operations.web_servers import (
    Proxy,
    listening,
    program,
    start_caddy,
    start_nginx,
)
from tests.serving import Site, free_port

CLIENTS = 4
Reload = Callable[[], object]


@contextmanager
def no_proxy(site: Site, folder: Path) -> Iterator[tuple[int, Reload]]:
    yield site.port, lambda: None


@contextmanager
def nginx(site: Site, folder: Path) -> Iterator[tuple[int, Reload]]:
    port = free_port()
    with listening(start_nginx(site, folder, port), Proxy(site, port), folder) as server:
        yield port, lambda: server.send_signal(signal.SIGHUP)


@contextmanager
def caddy(site: Site, folder: Path) -> Iterator[tuple[int, Reload]]:
    port, admin = free_port(), f"localhost:{free_port()}"
    command = start_caddy(site, folder, port)
    file = folder / "Caddyfile"
    file.write_text(file.read_text().replace("admin off", f"admin {admin}"))
    reload = [command[0], "reload", "--force", "--address", admin, "--adapter", "caddyfile"]
    with listening(command, Proxy(site, port), folder):
        yield port, lambda: subprocess.run([*reload, "--config", file], check=True, cwd=folder)


def renew(keeper: Keeper) -> None:
    """What `systemctl reload clinic-web` sends, and until all web processes are new ones."""
    before, master = set(keeper.web_workers()), keeper.master()
    assert master
    os.kill(master, signal.SIGUSR1)
    wait_for(
        lambda: len(now := set(keeper.web_workers())) == len(before) and not now & before,
        "new web processes",
    )


@contextmanager
def load(port: int, done: list[int], failed: list[str]) -> Iterator[None]:
    """So many patients read and open the form until the block ends, and one of them sends forms.

    Not all of them: on a slow machine a form would be asked to wait for the database, which is no fault of a reload.
    """
    numbers, forms, is_over = count(), iter(fill_in(5000)), threading.Event()

    def go_on(is_sender: bool) -> None:
        while not is_over.is_set():
            form = next(forms) if is_sender else None
            for path, sent, due in (
                ("/safety/", None, 200),
                (FORM, None, 200),
                (FORM, form, SEE_OTHER if form else 200),
            ):
                try:
                    status = ask(port, next(numbers) % 60_000, path, sent)
                except (OSError, http.client.HTTPException) as error:
                    status, path = 0, f"{path} {error!r}"
                done.append(status)
                if status != due:
                    failed.append(f"{status} {path}")

    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(go_on, number == 0) for number in range(CLIENTS)]
        try:
            yield
        finally:
            is_over.set()
        for one in running:
            one.result()


LONG = (pytest.mark.long, pytest.mark.timeout(600))
FRONTS = [
    pytest.param(nginx, 2, id="nginx, twice"),
    *(pytest.param(front, 20, marks=LONG, id=front.__name__) for front in (no_proxy, nginx, caddy)),
]


@pytest.mark.parametrize(("front", "times"), FRONTS)
def test_no_request_fails_while_it_reloads(
    make_site: MakeSite, tmp_path: Path, front: Callable[..., object], times: int
) -> None:
    if front is not no_proxy:
        program(front.__name__)
    site, done, failed = make_site(), [], []
    with Keeper(site) as keeper:
        wait_for((site.public_dir / "edition" / "safety").exists, "an edition")
        with front(site, tmp_path) as (port, reload), load(port, done, failed):
            for _ in range(times):
                renew(keeper)
                reload()
    print(f"{front.__name__}: {times} reloads, {len(done)} requests, {len(failed)} failed")
    assert failed == [], site.words()
    assert keeper.starts == 1
    assert len(done) > times
