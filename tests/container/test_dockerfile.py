"""The container's steps, carried out in a clean folder: what they build serves the site with nothing but itself."""

import subprocess
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.container.dockerfile import Build, Stage, steps
from tests.faults.processes import wait_for
from tests.serving import Site, free_port

pytestmark = pytest.mark.timeout(300)  # all packages are installed
TEXT = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The last stage, after all steps."""
    return Build(BASE_DIR, tmp_path_factory.mktemp("container") / "build").run(TEXT)


def test_it_serves_from_its_own_folder_and_is_healthy(built: Stage) -> None:
    site = Site(Path(built.environment["DATA_DIR"]), code=built.work)
    site.environment = built.environment | {"PORT": str(site.port), "BIND": "127.0.0.1"}
    site.start((str(built.work / ".venv" / "bin" / "python"), *built.command[1:]))
    try:
        wait_for(lambda: health(built, site.port) == 0, "the site to be ready", 60)
    finally:
        assert site.stop() == 0


def test_it_is_unhealthy_when_nobody_answers(built: Stage) -> None:
    assert health(built, free_port()) == 1


def health(stage: Stage, port: int) -> int:
    """The exit code of the container's health check."""
    return subprocess.run(
        ("/usr/bin/env", *stage.health),
        cwd=stage.work,
        env=stage.environment | {"PORT": str(port)},
        timeout=60,
    ).returncode


def test_it_does_not_run_as_root_and_keeps_one_volume(built: Stage) -> None:
    assert built.user not in ("root", "0")
    assert built.volumes == ["/data"]
    assert built.environment["DATA_DIR"] == f"{built.root}/data"


def test_the_context_holds_what_is_copied_and_nothing_else() -> None:
    lines = (BASE_DIR / ".dockerignore").read_text(encoding="utf-8").split()
    assert lines[0] == "*"
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = {
        rest.split()[0] for name, rest in steps(TEXT) if name == "COPY" and "--from" not in rest
    }
    assert copied == allowed
