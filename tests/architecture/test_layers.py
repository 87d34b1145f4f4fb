"""What the import contracts can't see: rooms that are named in a string, or reached by a command's name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from clinic_site import settings as site_settings
from tests.architecture.source import modules, name, tree

SITE = modules("clinic_site")
OWN = re.compile(r"clinic_site\.\w+")
# Django and the libraries ask for these as dotted paths; nothing of ours may be added.
ASKED_FOR = {
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "ROOT_URLCONF",
    "WSGI_APPLICATION",
    "DATABASES",
    "EMAIL_BACKEND",
    "FILE_UPLOAD_HANDLERS",
    "STORAGES",
    "AXES_CLIENT_IP_CALLABLE",
    "AXES_HANDLER",
    "SESSION_ENGINE",
    "LOGGING",
    "MARKDOWNX_MARKDOWNIFY_FUNCTION",
}
PARTS = {"ENVIRONMENT", "HASHED_FILES", "IN_STORE", "ONE_LINE_LOGGING"}  # of which those are made
# Django's own commands, and the part of `serve` that is a command of the same room.
COMMANDS = {"migrate", "collectstatic", "runserver", "run_worker"}


def test_settings_name_only_what_a_library_asks_for() -> None:
    named = {
        key
        for key in dir(site_settings)
        if key.isupper() and OWN.search(repr(getattr(site_settings, key)))
    }
    assert named - ASKED_FOR - PARTS == set()


def test_no_module_is_imported_by_a_string() -> None:
    """But an app's own modules in its `apps.py`, which are loaded once the models are."""
    by_string = {"import_string", "import_module", "__import__", "get_callable"}
    users = [
        name(path)
        for path in SITE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id in by_string
    ]
    assert {user for user in users if not user.endswith("/apps.py")} == set()


@pytest.mark.parametrize("path", [p for p in SITE if p.name == "apps.py"], ids=name)
def test_an_app_loads_its_own_modules_alone(path: Path) -> None:
    room = f"clinic_site.{path.parent.name}."
    strings = [n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant)]
    loaded = [text for text in strings if isinstance(text, str) and OWN.match(text)]
    assert [text for text in loaded if not f"{text}.".startswith(room)] == []


def test_no_room_runs_another_by_its_command() -> None:
    called = {
        node.args[0].value
        for path in SITE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "call_command"
        and isinstance(node.args[0], ast.Constant)
    }
    assert called == COMMANDS


def test_no_address_hands_its_view_a_dependency() -> None:
    given = {value for values in handed_over(get_resolver()) for value in values.values()}
    assert [value for value in given if not isinstance(value, str | int | None)] == []


def handed_over(resolver: URLResolver) -> Iterator[dict[str, object]]:
    """What the addresses give their views beside what stands in the path."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one.default_args
        else:
            yield one.default_kwargs
            yield from handed_over(one)
