"""One module for each database, with the same functions; the one in use is looked up by its vendor's name."""

from django.db import connection

from clinic_site.search.engine_types import Engine
from clinic_site.search.engines import postgresql, sqlite

ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


def engine() -> Engine:
    """The one of the site's database; `KeyError` for a database that the site does not support."""
    return ENGINES[connection.vendor]
