"""The audit: nothing to put right on the shipped site, and each kind of fault found on a made-up one."""

import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinic_site.operations.crawler import Crawler
from clinic_site.seo.page_audit import faults
from tests.reading_text import words_of
from tests.serving import Site

DESCRIPTION = "A description that is long enough to be shown under the title of the page."
Answers = dict[str, tuple[int, Mapping[str, str], str]]
World = Callable[..., str]


def test_the_shipped_site_has_no_fault(site: Site, tmp_path: Path) -> None:
    report = tmp_path / "audit.html"
    done = site.manage("audit_site", "--html", str(report))
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(line.startswith("Looking at pages: ") for line in done.stderr.splitlines())
    assert "no fault" in done.stdout
    html = report.read_text()
    assert "Nothing to put right" in html
    assert "<script" not in html


def page(path: str, **parts: str) -> str:
    """A page without a fault; `parts` say otherwise."""
    said = {
        "title": f"The page at {path}",
        "description": f"{DESCRIPTION} {path}",
        "canonical": f"BASE{path}",
        "body": "",
        "words": "word " * 90,
        "data": '{"@id": "#a", "name": "A", "about": {"@id": "#a"}}',
        "robots": "index",
    } | parts
    return (
        f'<title>{said["title"]}</title><meta name="description" content="{said["description"]}">'
        f'<meta name="robots" content="{said["robots"]}">'
        f'<link rel="canonical" href="{said["canonical"]}">'
        f'<script type="application/ld+json">{said["data"]}</script>'
        f"<main><h1>Heading</h1>{said['body']}<p>{said['words']}</p></main>"
    )


class Handler(BaseHTTPRequestHandler):
    """Answers what its server was told to; BASE in a page is the server's address."""

    def do_GET(self) -> None:
        status, headers, body = self.server.answers.get(self.path, (404, {}, "nothing"))
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html"} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.replace("BASE", self.server.base).encode())

    def log_message(self, *given: object) -> None:
        """Quietly."""


def made_up() -> ThreadingHTTPServer:
    """A server that knows nothing yet."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.base = f"http://127.0.0.1:{server.server_port}"
    server.answers = {}
    return server


@pytest.fixture
def world() -> Iterator[World]:
    """A made-up site of paths and answers; its address. Without more, a home page that links to /a/."""
    server = made_up()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def build(
        *, mapped: tuple[str, ...] = ("/", "/a/"), home: str = "", answers: Answers | None = None
    ) -> str:
        urls = "".join(f"<url><loc>BASE{path}</loc></url>" for path in mapped)
        server.answers |= {
            "/sitemap.xml": (200, {"Content-Type": "application/xml"}, urls),
            "/": (200, {}, page("/", body=f'<a href="/a/">A</a>{home}')),
            "/a/": (200, {}, page("/a/")),
        } | (answers or {})
        return server.base

    yield build
    server.shutdown()
    thread.join()
    server.server_close()


def found(base: str, **options: int) -> list[tuple[str, str]]:
    """The faults as (kind, path)."""
    crawl = Crawler(base, **options).crawl()
    return [(one.kind, one.url.removeprefix(base)) for one in faults(crawl)]


def test_a_site_in_order_has_no_fault(world: World) -> None:
    assert found(world()) == []


@pytest.mark.parametrize(
    ("kind", "where", "home", "answer"),
    [
        ("Broken link", "/", '<a href="/gone/">Gone</a>', {}),
        ("Broken link", "/", '<img src="/gone.png">', {}),
        ("Broken anchor", "/", '<a href="/a/#nowhere">Nowhere</a>', {}),
        (
            "Chain of redirects",
            "/",
            '<a href="/1">1</a>',
            {"/1": (301, {"Location": "/2"}, ""), "/2": (301, {"Location": "/a/"}, "")},
        ),
        (
            "Broken link",
            "/",
            '<a href="/1">1</a>',
            {"/1": (302, {"Location": "/1"}, "")},
        ),
        ("Same title", "/a/", "", {"/a/": page("/a/", title="The page at /")}),
        ("Same description", "/a/", "", {"/a/": page("/a/", description=f"{DESCRIPTION} /")}),
        ("Description", "/a/", "", {"/a/": page("/a/", description="Short.")}),
        ("Description", "/a/", "", {"/a/": page("/a/", description="Long. " * 30)}),
        ("Title", "/a/", "", {"/a/": page("/a/", title="")}),
        ("Title", "/a/", "", {"/a/": page("/a/", title="Long " * 20)}),
        ("Main heading", "/a/", "", {"/a/": page("/a/", body="<h1>Another</h1>")}),
        ("No canonical address", "/a/", "", {"/a/": page("/a/", canonical="")}),
        ("Another canonical address", "/a/", "", {"/a/": page("/a/", canonical="BASE/b/")}),
        ("Thin", "/a/", "", {"/a/": page("/a/", words="few words")}),
        ("Structured data", "/a/", "", {"/a/": page("/a/", data="{")}),
        ("Structured data", "/a/", "", {"/a/": page("/a/", data='{"about": {"@id": "#b"}}')}),
        ("Not in the sitemap", "/b/", '<a href="/b/">B</a>', {"/b/": page("/b/")}),
        ("Not a page", "/a/", "", {"/a/": page("/a/", robots="noindex")}),
    ],
)
def test_a_fault_is_found_where_it_is(
    world: World, kind: str, where: str, home: str, answer: dict[str, object]
) -> None:
    answers = {
        path: (200, {}, one) if isinstance(one, str) else one for path, one in answer.items()
    }
    assert (kind, where) in found(world(home=home, answers=answers))


def test_a_large_page_is_a_fault(world: World) -> None:
    words = " ".join(f"{number * 7919 % 100_003:x}" for number in range(20_000))
    base = world(answers={"/a/": (200, {}, page("/a/", words=words))})
    assert ("Large", "/a/") in found(base)


def test_a_page_that_nothing_links_to_is_an_orphan(world: World) -> None:
    base = world(mapped=("/", "/a/", "/b/"), answers={"/b/": (200, {}, page("/b/"))})
    assert found(base) == [("Orphan", "/b/")]


def test_one_redirect_is_no_fault(world: World) -> None:
    answers = {"/old": (301, {"Location": "/a/"}, "")}
    assert found(world(home='<a href="/old">Old</a>', answers=answers)) == []


def test_a_variant_with_a_query_is_no_page_of_its_own(world: World) -> None:
    answers = {"/a/?about=knee": (200, {}, page("/a/"))}
    assert found(world(home='<a href="/a/?about=knee">A</a>', answers=answers)) == []


def test_what_robots_may_not_ask_for_is_left_alone(world: World) -> None:
    rules = "User-agent: *\nDisallow: /staff/"
    base = world(home='<a href="/staff/">S</a>', answers={"/robots.txt": (200, {}, rules)})
    assert found(base) == []


def test_other_sites_are_left_alone(world: World) -> None:
    links = '<a href="https://example.invalid/x">X</a><a href="mailto:a@b.c">M</a><a href="http://[">?</a>'
    crawl = Crawler(world(home=links)).crawl()
    assert all("example" not in url and "mailto" not in url for url in crawl.visits)


def test_a_site_that_has_no_end_is_not_followed_for_ever(world: World) -> None:
    assert ("Not seen whole", "") in found(world(), most=1)


def test_the_command_says_what_is_wrong_and_fails(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "audit.html"
    base = world(home='<a href="/gone/">Gone</a>')
    with pytest.raises(CommandError, match="1 to put right"):
        call_command("audit_site", base, html=report)
    assert "/gone/ is answered with 404" in capsys.readouterr().out
    assert "1 thing to put right" in report.read_text()


def test_the_report_shows_each_page_as_a_search_would_and_how_many_faults_of_a_kind(
    world: World, tmp_path: Path
) -> None:
    report = tmp_path / "audit.html"
    base = world(home='<a href="/1/">1</a><a href="/2/">2</a>')
    with pytest.raises(CommandError):
        call_command("audit_site", base, html=report)
    words = words_of(report.read_text())
    assert "2 Broken link" in words
    assert "✓ Orphan" in words
    assert f"{base}/a/ The page at /a/ {DESCRIPTION} /a/" in words
    assert "91 words linked from 1" in words


def test_the_command_says_that_nothing_answers() -> None:
    with pytest.raises(CommandError, match="start the site first"):
        call_command("audit_site", "http://127.0.0.1:9")
