"""PostgreSQL: its own pg_dump and psql, as of one moment and in one transaction."""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from clinic_site.operations.backups.manifest import Refused

# Rights and owners are those of the database that it is restored into.
PLAIN = ("--format=plain", "--no-owner", "--no-privileges", "--no-comments")
ONCE = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
COUNT = "SELECT count(*) FROM {}"
ROUTINES = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Dump(DatabaseClient):
    """pg_dump, called with the site's database as Django's dbshell calls psql."""

    executable_name = "pg_dump"


@contextmanager
def one_moment() -> Iterator[str]:
    """All that is asked within, or dumped of the snapshot that it gives, is as of one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def dump(target: Path, *options: str) -> None:
    """The statements that make the database anew, in a new file of mode 0600. Raises Refused."""
    target.touch(mode=0o600, exist_ok=False)
    _run(Dump, *PLAIN, *options, f"--file={target}")


def count(tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables has, where it exists."""
    there, counts = set(connection.introspection.table_names()), {}
    with connection.cursor() as cursor:
        for table in sorted(there.intersection(tables)):
            cursor.execute(COUNT.format(connection.ops.quote_name(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def require_unused() -> None:
    """Raises Refused where anybody else is connected, on whatever machine: the site, its worker or a person."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        others = cursor.fetchone()[0]
    if others:
        raise Refused(
            f"{others} other connections use this database: stop the site on every machine, then restore."
        )


def _drops() -> tuple[str, bool]:
    """The statements that empty the database, and whether there is any table. What extensions own stays."""
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        cursor.execute(ROUTINES)
        routines = [name for (name,) in cursor.fetchall()]
    connection.close()  # dropping would wait for it
    lines = [f"DROP TABLE IF EXISTS {name} CASCADE;" for name in tables]
    lines += [f"DROP ROUTINE IF EXISTS {name} CASCADE;" for name in routines]
    return "\n".join(["SET client_min_messages = warning;", *lines, ""]), bool(tables)


def replace(statements: Path, *, drops: Path, before: Path) -> bool:
    """Run the statements of a dump in place of what is there, in one transaction: all is as before if one fails.

    What was there is dumped to `before` first; whether there was anything. `drops`: a new file to work with.
    """
    emptying, has_tables = _drops()
    if has_tables:
        dump(before)
    drops.write_text(emptying, encoding="utf-8")
    _run(DatabaseClient, *ONCE, "--output=/dev/null", f"--file={drops}", f"--file={statements}")
    return has_tables


def _run(program: type[DatabaseClient], *options: str) -> None:
    name = program.executable_name
    try:
        program(connection).runshell(list(options))
    except FileNotFoundError:
        raise Refused(
            f"{name} is needed and was not found: install PostgreSQL's client programs, "
            "of the server's version or newer (Debian: sudo apt install postgresql-client)."
        ) from None
    except subprocess.CalledProcessError as error:
        raise Refused(
            f"{name} failed ({error.returncode}) and has said why above; nothing was changed."
        ) from None
