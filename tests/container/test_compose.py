"""compose.yaml: what it starts is what the site has, shut in; its Caddy is configured by the site itself."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import load_command_class

from clinic_site.env import BASE_DIR, VARIABLES, read
from tests.commands.conftest import ready
from tests.serving import Site

__all__ = ["ready"]
TEXT = (BASE_DIR / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
OURS = ("web", "worker")
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["web", "worker", "caddy", "valkey"])
def test_nothing_but_its_folders_can_be_written(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", OURS)
def test_its_commands_are_those_of_the_site(name: str) -> None:
    _, program, command, *options = SERVICES[name]["command"]
    assert program == "manage.py"
    parser = load_command_class("clinic_site.operations", command).create_parser(program, command)
    assert parser.parse_args(options)


@pytest.mark.parametrize("name", OURS)
def test_its_settings_are_settings(name: str, tmp_path: Path) -> None:
    said = SERVICES[name]["environment"]
    assert set(said) <= set(VARIABLES)
    here = {n: f"{tmp_path}{value}" for n, value in said.items() if n.endswith("_DIR")}
    assert read(said | here).forwarded_allow_ips == "172.28.77.0/24"


def test_the_proxy_that_is_believed_is_the_network_of_these_containers() -> None:
    (network,) = yaml.safe_load(TEXT)["networks"]["inside"]["ipam"]["config"]
    assert SERVICES["web"]["environment"]["FORWARDED_ALLOW_IPS"] == network["subnet"]


def test_caddy_sees_what_a_web_server_may_and_cannot_change_it() -> None:
    assert SERVICES["caddy"]["volumes"][:2] == ["public:/public:ro", "caddy:/caddy:ro"]
    assert not any(volume.startswith("data:") for volume in SERVICES["caddy"]["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_each_folder_that_is_mounted_belongs_to_the_sites_user_in_the_image(name: str) -> None:
    (line,) = [line for line in DOCKERFILE.splitlines() if "chown clinic" in line]
    mounted = {volume.split(":")[1] for volume in SERVICES[name]["volumes"]}
    assert mounted <= set(line.split())


def test_only_caddy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_the_services_of_several_machines_are_left_out_by_default() -> None:
    optional = {name for name, service in SERVICES.items() if "profiles" in service}
    assert optional == {"postgres", "valkey"}


def test_the_image_has_what_postgresql_valkey_and_a_store_for_pictures_need() -> None:
    locked = (BASE_DIR / "requirements-services.txt").read_text(encoding="utf-8")
    for package in ("psycopg", "psycopg-binary", "redis", "boto3", "django-storages"):
        assert f"\n{package}==" in locked
    assert "-r requirements-services.txt" in DOCKERFILE


def test_docker_takes_the_file(tmp_path: Path) -> None:
    if subprocess.run(("sh", "-c", "docker compose version"), capture_output=True).returncode:
        pytest.skip("docker compose is not installed.")
    shutil.copy2(BASE_DIR / "compose.yaml", tmp_path)
    (tmp_path / "clinic.env").touch()
    done = subprocess.run(
        ("docker", "compose", "--profile", "services", "config", "--quiet"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_start_writes_what_caddy_is_to_do(ready: Site, tmp_path: Path) -> None:
    file = tmp_path / "Caddyfile"
    options = ("--without-worker", "--caddyfile", str(file), "--upstream", "web:8000")
    ready.start((sys.executable, "manage.py", "serve", *options))
    assert ready.stop() == 0
    text = file.read_text()
    assert "reverse_proxy web:8000" in text
    assert "request_buffers 27MiB" in text
    assert "buffer_requests" not in text
    assert file.stat().st_mode & 0o777 == 0o644
