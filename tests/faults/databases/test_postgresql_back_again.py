"""PostgreSQL that was away or let nobody write: once that is put right, every form is taken at its first try."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings

from tests.faults.patients import SEE_OTHER, UNAVAILABLE, Submission, answers, fill_in
from tests.faults.processes import Keeper, wait_for
from tests.postgresql import Cluster, cluster
from tests.serving import Site

__all__ = ["cluster"]
REFUSED, TAKEN = (
    8,
    24,
)  # forms while it is wrong and after; three for each of the site's eight threads
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'postgres'"
UNSENT = "SELECT count(*) FROM outbox_outboundemail WHERE state <> 'sent'"
NAMES = "SELECT name FROM enquiries_enquiry"


@pytest.fixture(scope="module")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site over the cluster."""
    folder = tmp_path_factory.mktemp("postgresql") / "data"
    made = Site(folder, DATABASE_URL=cluster.url, SECRET_KEY=settings.SECRET_KEY)
    with Keeper(made) as keeper:
        wait_for(lambda: len(keeper.web_workers()) == 2, "both processes")
        yield made


@pytest.fixture(scope="module")
def patients() -> Iterator[Submission]:
    """Filled-in forms, each of somebody else."""
    return iter(fill_in(500))


def ask(cluster: Cluster, *statements: str) -> list[tuple[Any, ...]]:
    """Run them past the site, also where others may only read; what the last one answers."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(cluster.url, autocommit=True) as database:
        database.execute("SET default_transaction_read_only = off")
        for statement in statements:
            found = database.execute(statement)
        return found.fetchall() if found.description else []


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """Away, and back."""
    cluster.stop()
    yield
    cluster.start()


@contextmanager
def only_read(cluster: Cluster) -> Iterator[None]:
    """Every session that begins meanwhile can only read, and stays so."""
    ask(cluster, "ALTER DATABASE postgres SET default_transaction_read_only = on", OTHERS)
    yield
    ask(cluster, "ALTER DATABASE postgres RESET default_transaction_read_only")


TROUBLES = (stopped, only_read)
Trouble = Callable[[Cluster], AbstractContextManager[None]]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_forms_are_taken_again(
    cluster: Cluster, site: Site, patients: Iterator[Submission], trouble: Trouble
) -> None:
    with trouble(cluster):
        before = [next(patients) for _ in range(REFUSED)]
        assert answers(site.port, before) == {UNAVAILABLE}
    after = [next(patients) for _ in range(TAKEN)]
    assert answers(site.port, after) == {SEE_OTHER}
    kept = {name for (name,) in ask(cluster, NAMES)}
    assert {one.name for one in after} <= kept
    assert kept.isdisjoint(one.name for one in before)
    wait_for(lambda: ask(cluster, UNSENT) == [(0,)], "the worker to send all mail")
