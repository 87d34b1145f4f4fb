"""No module leans on the private parts of another: a library may change them any day, and its own way is better.

Looked for: `thing._name` where the file itself defines no such name, `from library import _name`, the same by
getattr, and names of our classes that a library's base class has for itself.
"""

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

from clinic_site.env import BASE_DIR
from tests.architecture.source import modules, name, tree

SITE = modules("clinic_site")
# Public although they begin with an underscore, and documented by whoever offers them.
DOCUMENTED = {
    "_meta": "Django: the Model _meta API",
    "_base_manager": "Django, Managers: the manager that no default filter narrows",
    "_replace": "Python: what a named tuple has, where its field names have the plain ones",
    "_exit": "Python, os: the end of a child process without the parent's clean-up",
}
RUN_BY_OTHERS = {"asgi", "wsgi", "gunicorn_conf"}  # they start something when they are imported
BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller"}
PRIVATE = re.compile(r"_(?!_)\w*")


def is_private(word: str) -> bool:
    return PRIVATE.fullmatch(word) is not None and word != "_"


def own_names(whole: ast.Module) -> set[str]:
    """What the file itself defines: functions, classes, variables, attributes that it sets."""
    found: set[str] = set()
    for node in ast.walk(whole):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
    return found


def borrowed(whole: ast.Module) -> Iterator[str]:
    """The private names that a file takes from elsewhere."""
    own = own_names(whole)
    for node in ast.walk(whole):
        if isinstance(node, ast.Attribute) and node.attr not in own:
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.Call) and _called(node.func) in BY_NAME:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str))


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def overridden(module: object) -> Iterator[str]:
    """The private names of the module's classes that the file of a foreign base class knows too."""
    for kind in vars(module).values():
        if not inspect.isclass(kind) or kind.__module__ != getattr(module, "__name__", ""):
            continue
        own = own_names(ast.parse(inspect.getsource(kind).lstrip()))
        for base in kind.__mro__[1:]:
            if not base.__module__.startswith(("clinic_site", "builtins", "typing", "enum")):
                source = Path(inspect.getfile(base)).read_text(encoding="utf-8")
                shared = {
                    one for one in own if is_private(one) and re.search(rf"\b{one}\b", source)
                }
                yield from (f"{kind.__qualname__}.{one} of {base.__module__}" for one in shared)


def test_no_module_takes_a_private_name_from_another() -> None:
    found = {
        f"{name(path)}: {word}"
        for path in SITE
        for word in borrowed(tree(path))
        if is_private(word)
    }
    assert {one for one in found if one.rpartition(" ")[2] not in DOCUMENTED} == set()
    assert {one.rpartition(" ")[2] for one in found} == set(DOCUMENTED)


@pytest.mark.parametrize("path", [p for p in SITE if p.stem not in RUN_BY_OTHERS], ids=name)
def test_no_class_overrides_what_is_private_to_its_base(path: Path) -> None:
    dotted = ".".join(path.relative_to(BASE_DIR).with_suffix("").parts).removesuffix(".__init__")
    assert list(overridden(importlib.import_module(dotted))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.db import _x",
        "import a._x",
        "from a._x import b",
        "form._clean_fields()",
        "self._get_list()",
        "getattr(form, '_errors')",
        "super()._save()",
    ],
)
def test_a_private_name_is_found(code: str) -> None:
    assert any(is_private(word) for word in borrowed(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["self._x = 1\nself._x", "def _x(): ...\n_x()", "a.__class__", "_ = 1", "getattr(a, 'b')"],
)
def test_a_name_of_our_own_is_none(code: str) -> None:
    assert not any(is_private(word) for word in borrowed(ast.parse(code)))


class Overriding(forms.Form):
    """What is not to be done."""

    def _clean_fields(self) -> None:
        """Nothing is cleaned."""


def test_an_overridden_private_method_is_found() -> None:
    found = set(overridden(sys.modules[__name__]))
    assert found == {"Overriding._clean_fields of django.forms.forms"}
