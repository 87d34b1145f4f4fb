"""A start with something wrong in content/: what is live stays live; without a home page, it stops and says why."""

import urllib.request
from pathlib import Path

from tests.serving import Site


def test_what_is_live_is_served(copy: Path, ready: Site) -> None:
    site = Site(ready.data_dir, code=copy)
    (copy / "content" / "benefits.md").write_text("no head at all\n")
    site.start()
    with urllib.request.urlopen(f"{site.url}/benefits/", timeout=30) as answer:
        assert answer.status == 200
    assert site.stop() == 0
    assert "content/benefits.md:1: " in site.words()


def test_a_first_start_serves_what_is_good(copy: Path, tmp_path: Path) -> None:
    site = Site(tmp_path / "data", code=copy)
    (copy / "content" / "benefits.md").write_text("no head at all\n")
    site.start()
    with urllib.request.urlopen(f"{site.url}/", timeout=30) as answer:
        assert answer.status == 200
    assert site.stop() == 0
    assert site.words().count("content/benefits.md:1: ") == 1


def test_without_a_home_page_it_stops(copy: Path, tmp_path: Path) -> None:
    (copy / "content" / "home.md").write_text("no head at all\n")
    done = Site(tmp_path / "data", code=copy).manage("serve")
    assert done.returncode == 1
    assert "content/home.md:1: " in done.stdout + done.stderr
    assert done.stderr.splitlines()[-1].startswith("There is no home page yet: ")
    assert "Traceback" not in done.stderr
