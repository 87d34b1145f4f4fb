"""docs/operations.md, "Several machines": its own lines, typed in their order, move a running clinic whole."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings

from clinic_site.env import BASE_DIR
from tests.faults.conftest import MakeSite, rows
from tests.faults.databases.test_postgresql_back_again import NAMES, ask
from tests.faults.databases.test_several_machines import SHOW_PICTURE, get
from tests.faults.patients import SEE_OTHER, answers, fill_in
from tests.object_store import Store, store, store_server
from tests.on_services import valkey
from tests.postgresql import Cluster, cluster
from tests.serving import Site

__all__ = ["cluster", "store", "store_server"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
PAGE = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## Several machines\n")[2].partition("\n## ")[0]
BEFORE, AFTER = re.findall(r"^```sh\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
SETTINGS = re.findall(r"^([A-Z_]+)=", SECTION, re.MULTILINE)
assert SETTINGS == ["SECRET_KEY", "DATABASE_URL", "CACHE_URL", "MEDIA_STORE_URL"]
MANAGE = ".venv/bin/python manage.py "


@pytest.fixture
def cache() -> Iterator[str]:
    with TemporaryDirectory() as place, valkey(Path(place)) as address:
        yield f"{address}/0"


def typed(site: Site, block: str, dump: Path) -> list[str]:
    """What each line for manage.py prints; all of them go well."""
    said = []
    for line in block.splitlines():
        if line.startswith(MANAGE):
            words = shlex.split(line.removeprefix(MANAGE), comments=True)
            done = site.manage(*(str(dump) if word == "dump.json" else word for word in words))
            assert done.returncode == 0, (line, done.stderr)
            said.append(done.stdout)
    return said


def test_the_lines_of_the_page_move_a_clinic_from_one_machine_to_shared_services(
    make_site: MakeSite, cluster: Cluster, cache: str, store: Store, tmp_path: Path
) -> None:
    site, dump = make_site(), tmp_path / "dump.json"
    name = site.manage("shell", "-v0", "-c", SHOW_PICTURE).stdout.strip()
    site.start()
    early, [late] = (forms := fill_in(4))[:3], forms[3:]
    assert answers(site.port, early) == {SEE_OTHER}
    assert site.stop() == 0
    picture = (site.public_dir / "media" / name).read_bytes()
    revisions = rows(site, "SELECT count(*) FROM pages_revision")

    typed(site, BEFORE, dump)
    assert dump.stat().st_mode & 0o077 == 0
    values = (str(settings.SECRET_KEY), cluster.url, cache, store.url)
    site.environment |= dict(zip(SETTINGS, values, strict=True))
    typed(site, AFTER, dump)
    site.start()
    try:
        assert {name for (name,) in ask(cluster, NAMES)} == {one.name for one in early}
        assert ask(cluster, "SELECT count(*) FROM pages_revision") == revisions
        assert name in get(site, "/hands/")[1]
        assert get(site, f"/media/{name}")[0] == 200
        assert store.bucket.Object(f"clinic/{name}").get()["Body"].read() == picture
        assert not list((site.public_dir / "media").rglob("*.avif"))
        assert answers(site.port, [late]) == {SEE_OTHER}
    finally:
        assert site.stop() == 0
