"""The site in every engine, the size of a phone: each page, the whole way of the form, and what opens at a tap.

`make engines` takes Chromium, Firefox and WebKit, `make test` one of the last two in turn (ENGINES="firefox").
"""

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.reading.test_every_page import PAGES
from tests.engines.chromium import chromium
from tests.engines.engine import Engine
from tests.engines.webdriver import firefox, webkit
from tests.serving import Site

Start = Callable[[str], Engine]
# What each is started by, and where: any one program of each group, and Debian's packages of them.
NEEDS = {
    "firefox": ((("firefox-esr", "firefox"),), "firefox-esr"),
    "webkit": ((("WebKitWebDriver",), ("Xvfb",)), "webkit2gtk-driver xvfb"),
}
CHOSEN = os.environ.get("ENGINES", "chromium firefox webkit").split()
WORDS = "It hurts when I lift the kettle."
FORM = "form[data-keep]"
SEND = f"{FORM} > button"
SIDEWAYS = "const root = document.documentElement; return root.scrollWidth - root.clientWidth"
LOOKS = f"""
const sideways = (() => {{ {SIDEWAYS} }})();
const heading = document.querySelector("h1")?.textContent.trim();
return {{ sideways, heading, words: document.querySelector("main").innerText }};
"""
# What lies under the middle of a knee is pressed: drivers see no middle of the two knees that are one link.
TAP_KNEE = """
const knee = document.querySelector("main svg a[href='#knee'] use");
knee.scrollIntoView({ block: "center" });
const { x, y, width, height } = knee.getBoundingClientRect();
const hit = document.elementFromPoint(x + width / 2, y + height / 2);
hit.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
"""
# The worker that keeps pages for those without a connection: a patient's second page is under it.
UNDER_THE_WORKER = "return !!navigator.serviceWorker?.controller"


@pytest.fixture(scope="module")
def start(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Gives the engine of that name, started when it is first asked for."""
    started: dict[str, Engine] = {}
    makers = {"firefox": firefox, "webkit": webkit}

    def running(name: str) -> Engine:
        if name not in started:
            if name in NEEDS:
                _skip_without(name)
            folder = tmp_path_factory.mktemp(name)
            started[name] = chromium(browser) if name == "chromium" else makers[name](folder)
        return started[name]

    yield running
    for one in started.values():
        one.close()


@pytest.fixture(params=CHOSEN)
def engine(request: pytest.FixtureRequest, start: Start, clinic_site: Site) -> Iterator[Engine]:
    """The engine, which remembers nothing of an earlier test; the test fails when its console tells of an error."""
    chosen = start(request.param)
    forget(chosen, clinic_site)
    chosen.new_faults()
    yield chosen
    assert chosen.new_faults() == []


def _skip_without(name: str) -> None:
    programs, packages = NEEDS[name]
    if not all(any(map(shutil.which, group)) for group in programs):
        pytest.skip(f"{name} is not here: install {packages} (Debian: sudo apt install {packages})")


def forget(engine: Engine, site: Site) -> None:
    """A tab in which nothing was typed, with the worker in charge. The page that empties it has no form."""
    engine.go(f"{site.url}/offline/")
    engine.until(UNDER_THE_WORKER)
    engine.run("sessionStorage.clear()")


def fill(engine: Engine, name: str) -> None:
    engine.type("#id_name", name)
    engine.type("#id_phone", "604 555 0142")
    engine.run("document.querySelector('form[data-keep] details').open = true")
    engine.type("#id_message", WORDS)
    engine.click("#id_consent")


def value(engine: Engine, field: str) -> str:
    return str(engine.run("return document.getElementById(`id_${arguments[0]}`).value", field))


def arrive(engine: Engine, words: str) -> None:
    engine.until(f"return document.querySelector('main').textContent.includes({words!r})")


def test_what_a_console_calls_an_error_is_seen(clinic_site: Site, engine: Engine) -> None:
    """Or no other test here would notice one: the policy refuses a script that stands in the page."""
    engine.go(f"{clinic_site.url}/faq/")
    engine.run(
        "const one = document.createElement('script'); one.text = '1'; document.body.append(one)"
    )
    engine.wait_for(engine.new_faults, "a refused script is an error in the console")


def first_difference(one: str, other: str) -> tuple[str, str] | None:
    """Where two texts begin to be different, white space apart: engines part the words of a drawing differently."""
    one, other = "".join(one.split()), "".join(other.split())
    if one == other:
        return None
    start = max(len(os.path.commonprefix([one, other])) - 20, 0)
    return one[start : start + 80], other[start : start + 80]


@pytest.mark.timeout(300)
def test_every_page_is_whole_and_reads_as_in_chromium(
    clinic_site: Site, engine: Engine, start: Start
) -> None:
    reference, wrong = start("chromium"), {}
    forget(reference, clinic_site)
    for path in PAGES:
        looks = []
        for one in dict.fromkeys((engine, reference)):
            one.go(clinic_site.url + path)
            looks.append(one.run(LOOKS))
        here, there = looks[0], looks[-1]
        apart = first_difference(here["words"], there["words"])
        if apart or here["sideways"] > 0 or not here["heading"]:
            wrong[path] = (here["heading"], here["sideways"], apart)
    assert wrong == {}


@pytest.mark.parametrize("has_error", [False, True], ids=["first time", "after an error"])
@pytest.mark.parametrize("way", ["back", "reload"])
def test_the_way_back_keeps_every_word(
    clinic_site: Site, engine: Engine, has_error: bool, way: str
) -> None:
    engine.go(f"{clinic_site.url}/book/?about=conditions/tennis-elbow")
    if has_error:
        engine.click(SEND)
        arrive(engine, "There is a problem")
    fill(engine, "Ana Engine")
    if way == "back":
        engine.click(f"{FORM} a[href='/privacy/']")
        arrive(engine, "Your privacy")
    engine.say(way)
    engine.until("return document.getElementById('id_name')?.value === 'Ana Engine'")
    assert value(engine, "message") == WORDS
    assert engine.run("return document.querySelector('form[data-keep] details').open")
    arrive(engine, "About: Tennis elbow")


def test_the_whole_way_of_the_form(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/book/")
    fill(engine, "Ana Whole")
    engine.type("#id_email", "ana@gmial.com")
    engine.click(SEND)
    arrive(engine, "Please look at this")
    assert (value(engine, "name"), value(engine, "message")) == ("Ana Whole", WORDS)
    engine.click("button.ghost[name=email_choice]")
    arrive(engine, "We have your enquiry")
    assert urlsplit(engine.run("return location.href")).path.startswith("/book/sent/")
    engine.until("return sessionStorage.length === 0")


def test_what_is_typed_comes_back_until_it_is_forgotten(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/book/question/")
    engine.type("#id_message", WORDS)
    engine.go(f"{clinic_site.url}/faq/")
    engine.go(f"{clinic_site.url}/book/question/")
    engine.until(f"return document.getElementById('id_message').value === {WORDS!r}")
    engine.click("[data-kept] button")
    assert value(engine, "message") == ""


def test_a_question_opens_by_its_address(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/faq/#referral")
    engine.until("return document.getElementById('referral').closest('details').open")


def test_the_search_finds_what_is_typed(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/search/")
    engine.type("main input[name=q]", "tennis elbow")
    engine.click("main form button")
    engine.until("return document.querySelector('main a[href*=\"/conditions/tennis-elbow\"]')")


def test_the_menu_opens_at_a_tap(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/safety/")
    engine.click("header summary")
    engine.until("return document.querySelector('header details').open")
    assert engine.run(SIDEWAYS) <= 0
    engine.click("header details a[href='/how-often/']")
    engine.until("return location.pathname === '/how-often/'")


def test_an_area_of_the_body_leads_to_its_conditions(clinic_site: Site, engine: Engine) -> None:
    engine.go(f"{clinic_site.url}/conditions/")
    engine.run(TAP_KNEE)
    engine.until("return location.hash === '#knee'")
    engine.until("return document.querySelector('main [aria-current=true]')?.hash === '#knee'")


def test_a_leaflet_prints(clinic_site: Site, engine: Engine) -> None:
    if engine.name == "webkit":
        pytest.skip("WebKit's driver has no command for printing")
    engine.go(f"{clinic_site.url}/aftercare/")
    pdf = base64.b64decode(engine.say("print"))
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 10_000
