"""Two machines of one site: folders of their own, and PostgreSQL, Valkey and a store of pictures between them."""

import http.client
import re
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.conf import settings

from clinic_site.enquiries.submission.spam import PER_HOUR
from tests.faults.databases.test_postgresql_back_again import UNSENT, ask
from tests.faults.patients import FORM, SEE_OTHER, Submission, fill_in, send
from tests.faults.processes import wait_for
from tests.object_store import Store, store_server
from tests.on_services import valkey
from tests.outbox.sink import Sink
from tests.postgresql import Cluster, cluster
from tests.real_clinic import TAKE_IN
from tests.serving import Site

__all__ = ["cluster", "store_server"]
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
SEEN_WITHIN = 2.0  # seconds, at every machine
FIRST_START = 200.0  # seconds for both, one after the other, on a busy machine
PASS = re.compile(r'name="form" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STAFF = """
from django.contrib.auth.models import User
User.objects.create_superuser("{name}", password="a long enough word")
"""
SHOW_PICTURE = """
from django.contrib.auth.models import User
from clinic_site.images.actions import upload
from clinic_site.pages.actions.publish import create_page, publish
from tests.images.making import jpeg
by = User.objects.create(username="editor")
image = upload(data=jpeg(), alt="A hand", by=by)
page = create_page(path="hands", layout="article", by=by)
publish(page=page, words={"title": "Hands", "body": "Before.\\n\\n" + image.markdown}, by=by)
print(image.renditions.first().file.name)
"""
PUBLISH = """
import time
from clinic_site.pages.actions.publish import create_page, publish
page = create_page(path="news", layout="article", by=None)
publish(page=page, words={"title": "News", "body": "The door is green now."}, by=None)
print(time.time())
"""
ERASE = """
from clinic_site.images.actions import delete
from clinic_site.images.models import Image
from clinic_site.pages.actions.publish import publish
from clinic_site.pages.models import Page
words = {"title": "Hands", "body": "Words alone."}
publish(page=Page.objects.get(path="hands"), words=words, by=None)
delete(image=Image.objects.get(), by=None)
"""


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """The mail server of both."""
    server = Sink()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def store(store_server: int) -> Store:
    """The bucket of both."""
    return Store(store_server, "pictures")


@pytest.fixture(scope="module")
def machines(
    cluster: Cluster, store: Store, sink: Sink, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Site]]:
    """Both, started for the first time in the same moment."""
    place = tmp_path_factory.mktemp("machines")
    with TemporaryDirectory() as folder, valkey(Path(folder)) as cache:
        shared = {
            "SECRET_KEY": str(settings.SECRET_KEY),
            "DATABASE_URL": cluster.url,
            "CACHE_URL": f"{cache}/0",
            "MEDIA_STORE_URL": store.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        }
        both = Site(place / "a", **shared), Site(place / "b", **shared)
        try:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda site: site.start(patience=FIRST_START), both))
            done = both[0].manage("shell", "-v0", "-c", TAKE_IN)
            assert done.returncode == 0, done.stderr
            yield both
        finally:
            codes = [site.stop() for site in both if site.process and site.process.poll() is None]
        words = [site.words() for site in both]
        assert codes == [0, 0], words
        assert not [text for text in words if "Traceback" in text], words


def get(site: Site, path: str) -> tuple[int, str]:
    """Status and page, as a reader is given it."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        line.request("GET", path, headers={"Host": f"localhost:{site.port}"})
        answer = line.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        line.close()


class Browser:
    """Somebody of the staff, whose cookies go to both machines."""

    def __init__(self) -> None:
        self.cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(self.cookies)

    def open(self, site: Site, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page, redirects followed."""
        data = urlencode(form).encode() if form else None
        try:
            with self.opener.open(f"{site.url}{path}", data, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, site: Site, name: str, password: str) -> tuple[int, str]:
        token = CSRF.findall(self.open(site, "/admin/login/")[1])
        form = {"username": name, "password": password, "csrfmiddlewaretoken": token[0]}
        return self.open(site, "/admin/login/?next=/admin/", form)


def run(site: Site, code: str) -> str:
    """What this prints in the site's own shell."""
    done = site.manage("shell", "-v0", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_form_of_one_machine_is_taken_by_the_other(machines: tuple[Site, Site]) -> None:
    here, there = machines
    passed = PASS.search(get(here, FORM)[1])
    assert passed
    status, confirmation, _ = send(there.port, Submission(900, passed[1]))
    assert status == SEE_OTHER
    assert get(here, confirmation)[0] == 200


def test_somebody_signed_in_at_one_machine_is_so_at_the_other(machines: tuple[Site, Site]) -> None:
    here, there = machines
    run(here, STAFF.format(name="anna"))
    anna = Browser()
    status, page = anna.sign_in(here, "anna", "a long enough word")
    assert (status, "Log out" in page or "Sign out" in page) == (200, True)
    status, page = anna.open(there, "/admin/")
    assert (status, "id_password" in page) == (200, False)


def test_wrong_passwords_are_counted_together(machines: tuple[Site, Site]) -> None:
    run(machines[0], STAFF.format(name="berta"))
    said = [
        Browser().sign_in(machines[number % 2], "berta", "wrong")[1]
        for number in range(settings.AXES_FAILURE_LIMIT)
    ]
    assert ["Please wait a quarter" in page for page in said] == [False] * 4 + [True]
    for site in machines:
        assert "Please wait a quarter" in Browser().sign_in(site, "berta", "a long enough word")[1]


def test_forms_from_one_address_are_counted_together(
    machines: tuple[Site, Site], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = fill_in(PER_HOUR + 1)
    one_address = Submission.headers(forms[0])
    for number, form in enumerate(forms):
        monkeypatch.setattr(form, "headers", lambda: one_address)
        assert send(machines[number % 2].port, form)[0] == SEE_OTHER
    flagged = "SELECT name FROM enquiries_enquiry WHERE spam_reasons LIKE '%many from one address%'"
    assert ask(cluster, flagged) == [(forms[-1].name,)]


def test_each_mail_is_sent_once_by_whichever_machine(
    machines: tuple[Site, Site], cluster: Cluster, sink: Sink
) -> None:
    forms = fill_in(200)[100:140]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda form: send(machines[form.number % 2].port, form), forms)
    assert {status for status, _, _ in answers} == {SEE_OTHER}
    wait_for(lambda: ask(cluster, UNSENT) == [(0,)], "the workers to send all mail")
    ours = {f"patient-{form.number}@clinic.example" for form in forms}
    assert {to: count for to, count in sink.addresses().items() if to in ours} == Counter(ours)


def test_what_is_published_shows_at_both_machines(machines: tuple[Site, Site]) -> None:
    assert [get(site, "/news/")[0] for site in machines] == [404, 404]

    def seen_at(site: Site) -> float:
        wait_for(lambda: "The door is green now" in get(site, "/news/")[1], "the news")
        return time.time()

    with ThreadPoolExecutor(3) as pool:
        published = pool.submit(run, machines[0], PUBLISH)
        seen = list(pool.map(seen_at, machines))
    took = [at - float(published.result()) for at in seen]
    assert max(took) < SEEN_WITHIN, took
    for site in machines:
        page = site.public_dir / "edition" / "news" / "index.html"
        wait_for(page.exists, "the page on each machine's disk")


def test_a_picture_is_seen_at_both_machines_and_goes_from_both(
    machines: tuple[Site, Site], store: Store
) -> None:
    here, there = machines
    name = run(here, SHOW_PICTURE)
    wait_for(lambda: f"/media/{name}" in get(there, "/hands/")[1], "the page with the picture")
    assert get(there, f"/media/{name}")[0] == 200
    copies = [site.public_dir / "copies" / "media" / name for site in machines]
    wait_for(lambda: all(copy.exists() for copy in copies), "a copy on each machine")
    assert copies[0].read_bytes() == copies[1].read_bytes()
    run(there, ERASE)
    wait_for(lambda: not any(copy.exists() for copy in copies), "no copy on any machine")
    assert not {kept for kept in store.names() if kept.startswith(name.rpartition("/")[0])}
    assert {get(site, f"/media/{name}")[0] for site in machines} == {404}
