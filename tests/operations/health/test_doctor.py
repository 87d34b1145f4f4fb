"""`manage.py doctor`: silent about a site that is well; of one that is not, what is wrong and what to type."""

import re

from clinic_site.env import BASE_DIR
from tests.commands.conftest import ready
from tests.commands.processes import eventually
from tests.serving import Site

__all__ = ["ready"]
UNITS = {path.stem for path in (BASE_DIR / "templates/operations/systemd").glob("*.service")}
PROGRAMS = re.compile(r"systemctl \w+ (clinic-\w+)")


def test_it_has_nothing_to_say_of_a_site_that_is_well(ready: Site) -> None:
    ready.start()
    try:
        assert eventually((ready.data_dir / "worker.json").exists)
        said = ready.manage("doctor")
    finally:
        ready.stop()
    assert said.returncode == 0, said.stdout
    assert f"The site of {ready.url}" in said.stdout
    assert "Nothing is wrong" in said.stdout


def test_of_a_site_that_does_not_run_it_says_how_to_start_each_part(ready: Site) -> None:
    said = ready.manage("doctor")
    assert said.returncode == 1
    assert "does not answer" in said.stdout
    assert "systemctl start clinic-web" in said.stdout
    assert "systemctl restart clinic-worker" in said.stdout


def test_the_services_that_it_names_are_those_that_are_installed(ready: Site) -> None:
    named = set(PROGRAMS.findall(ready.manage("doctor").stdout))
    assert named == {"clinic-web", "clinic-worker"}
    assert named <= UNITS
    assert (BASE_DIR / "Makefile").read_text().count("\nrun:") == 1  # the other way that it names


def test_it_says_how_to_open_a_form_that_is_closed(ready: Site) -> None:
    assert ready.manage("maintenance", "on").returncode == 0
    assert "manage.py maintenance off" in ready.manage("doctor").stdout
