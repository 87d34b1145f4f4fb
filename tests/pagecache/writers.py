"""Who writes what pages show: the functions of the code that write, and the statements of a running one."""

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from clinic_site.env import BASE_DIR

CODE = BASE_DIR / "clinic_site"
ROOMS = ("pages", "clinic", "images")
# Rows of these rooms that no page shows; those of every other model of theirs are shown.
NOT_SHOWN = {
    "PreviewLink": "leads to a preview, which is never kept",
    "ClaimOverride": "staff alone read why a claim was let pass",
    "PageCheck": "the dashboard's",
    "ExternalLink": "the dashboard's",
}
WRITES = frozenset(
    "save delete create bulk_create bulk_update get_or_create update_or_create".split()
)
CHANGE = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def shown_models() -> set[type[Model]]:
    """The models whose rows pages show."""
    found = (model for room in ROOMS for model in apps.get_app_config(room).get_models())
    return {model for model in found if model.__name__ not in NOT_SHOWN}


def shown_tables() -> set[str]:
    own = {model._meta.db_table for model in shown_models()}
    joins = {
        one.m2m_db_table() for model in shown_models() for one in model._meta.local_many_to_many
    }
    return own | joins


def writers(*rooms: str, by_module: bool = False) -> set[str]:
    """The functions that write a row and name a shown model, as "pages.publishing:arrange".

    With `by_module` it is enough that their module names one: the row may be handed to them.
    """
    shown, found = {model.__name__ for model in shown_models()}, set[str]()
    for file in (file for room in rooms for file in (CODE / room).rglob("*.py")):
        if "migrations" in file.parts:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        for name, function in _writers_in(tree, ""):
            if shown & _names(tree if by_module else function):
                found.add(f"{_module(file)}:{name}")
    return found


def _module(file: Path) -> str:
    return ".".join(file.relative_to(CODE).with_suffix("").parts)


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.name for node in ast.walk(tree) if isinstance(node, ast.alias)
    }


def _writers_in(tree: ast.AST, outer: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _writers_in(node, f"{outer}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and any(map(_is_write, ast.walk(node))):
            yield outer + node.name, node


def _is_write(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    is_update = node.func.attr in ("update", "aupdate") and bool(node.keywords)
    return node.func.attr in WRITES or is_update or _is_statement(node)


def _is_statement(call: ast.Call) -> bool:
    """Whether it is a change in plain SQL."""
    texts = (one.value for one in ast.walk(call) if isinstance(one, ast.Constant))
    return any(isinstance(text, str) and CHANGE.match(text) for text in texts)


@contextmanager
def called() -> Iterator[set[str]]:
    """The functions of the code that run meanwhile, named like those of `writers`."""
    seen: set[Any] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    names: set[str] = set()
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield names
    finally:
        sys.setprofile(before)
        for code in seen:
            file = Path(code.co_filename)
            if file.is_relative_to(CODE):
                names.add(f"{_module(file)}:{code.co_qualname}")


@dataclass
class Transactions:
    """Watches the statements of a connection that is in a transaction: each transaction within is a savepoint.

    `late`: the tables of each that changed what pages show without raising the stamp in the same transaction.
    """

    shown: set[str] = field(default_factory=shown_tables)
    late: list[set[str]] = field(default_factory=list)
    _depth: int = 0
    _written: set[str] = field(default_factory=set)
    _is_raised: bool = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        with connection.execute_wrapper(self._note):
            yield

    def _note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT"):
            self._depth += 1
        elif sql.startswith("RELEASE SAVEPOINT"):
            self._depth -= 1
        elif sql.startswith("ROLLBACK TO"):
            self._written.clear()
        elif change := CHANGE.match(sql):
            self._written |= {change[1]} & self.shown
            self._is_raised |= change[1] == "pagecache_stamp"
        if self._depth == 0:
            self._end()
        return execute(sql, params, many, context)

    def _end(self) -> None:
        if self._written and not self._is_raised:
            self.late.append(set(self._written))
        self._written, self._is_raised = set(), False


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """The tables that are read from meanwhile."""
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.update(READ.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
