"""The house style that a program can check: sizes, names, where text becomes HTML, no leftovers."""

import ast
import re
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.architecture.source import functions, imported, length, modules, name, tree

CODE = modules("clinic_site", "tests")
SITE = modules("clinic_site")
TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.*"))
LONGEST_MODULE = 250
LONGEST_FUNCTION = 30
EMPTY_NAMES = {"utils", "util", "helpers", "services", "common", "manager", "managers", "misc"}
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|#\s*noqa|#\s*type:\s*ignore(?!\[[\w,-]+\]\s+#)")
UNSAFE_TEMPLATE = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")
PURE_ROOMS = ("markup", "seo", "artwork", "emergency")


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE


def test_functions_are_short() -> None:
    long = {
        f"{name(path)}:{function.lineno} {function.name}": length(function)
        for path in CODE
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_imports_stand_at_the_top() -> None:
    local = [
        f"{name(path)}:{node.lineno}"
        for path in SITE
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert local == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(p)
        for p in CODE
        if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(p))
    ]
    assert silent == []


def test_no_module_has_an_empty_name() -> None:
    assert [name(path) for path in CODE if path.stem in EMPTY_NAMES] == []


def test_no_leftovers() -> None:
    this = Path(__file__)
    left = [
        f"{name(path)}:{number}"
        for path in CODE
        if path != this
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFTOVERS.search(line)
    ]
    assert left == []


def test_text_becomes_html_in_markup_alone() -> None:
    others = [path for path in SITE if "markup" not in path.relative_to(BASE_DIR).parts]
    assert [name(path) for path in others if "mark_safe" in path.read_text(encoding="utf-8")] == []


def test_no_template_switches_escaping_off() -> None:
    assert TEMPLATES
    assert [
        name(p) for p in TEMPLATES if UNSAFE_TEMPLATE.search(p.read_text(encoding="utf-8"))
    ] == []


def test_settings_are_read_in_one_place() -> None:
    readers = [
        name(p) for p in SITE if re.search(r"os\.(environ|getenv)", p.read_text(encoding="utf-8"))
    ]
    # The others name the settings module for Django, or ask Django's reloader which of its two processes this is.
    assert set(readers) <= {
        "clinic_site/settings.py",
        "clinic_site/wsgi.py",
        "clinic_site/healthcheck.py",
        "clinic_site/operations/management/commands/dev.py",
    }


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_pure_rooms_take_only_escaping_from_django(room: str) -> None:
    used = {module for path in modules(f"clinic_site/{room}") for module in imported(path)}
    taken = {module for module in used if module.startswith("django")}
    assert taken <= {"django.utils.safestring", "django.utils.html"}
