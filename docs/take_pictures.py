"""Take the pictures of docs/editing.md and README.md: `python -m docs.take_pictures`.

Starts the site over a data folder of its own, signs in as an owner, and writes docs/pictures/*.png with
few colours, so that each stays below 60 kB; the README's three phones may have more. Needs the tools
for tests and a Chromium.
"""

import os
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import FLAGS, chromium
from tests.serving import Site

PICTURES = Path(__file__).resolve().parent / "pictures"
MOST_BYTES = 60_000
PHONES = (("/", "light"), ("/conditions/", "light"), ("/", "dark"))
PHONE = {"width": 390, "height": 844}
OFTEN = 24  # colours of paper, ink and pine that are kept exactly
ALONE = "localStorage.setItem('django.admin.navSidebarIsOpen', 'false')"  # no list of everything beside it
GAP = 24  # pixels between two phones
ACCOUNT = """
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.utils import timezone
from clinic_site.clinic.closures import announce
from clinic_site.clinic.models import Closure
user = User.objects.create_user("anna", "anna@example.ca", "pictures only", is_staff=True)
user.first_name, user.last_name = "Anna", "Sample"
user.save()
user.groups.set([Group.objects.get(name="Owner")])
day = timezone.localdate() + timedelta(days=6)
announce(Closure.objects.create(clinic_id=1, starts_on=day, ends_on=day, reason="Training day"))
"""


def editor(page: Page) -> None:
    """The editor of the after-care page, with what its checks say; on a phone, the words first."""
    page.locator(".tree-page[href$='/change/']").first.click()
    page.locator("[data-says-checks]").wait_for()


def preview(page: Page) -> None:
    """The preview on a phone, with Publish below it."""
    editor(page)
    page.get_by_role("button", name="Preview").click()
    page.locator(".seeing-frame iframe:not(.arriving)").wait_for()


def checks(page: Page) -> None:
    """What the checks say while writing."""
    editor(page)
    page.locator("#id_body").fill("Needling cures pain in three sessions. [Click here](/nowhere/).")
    page.locator(".checks .faults li").nth(1).wait_for()
    page.evaluate("document.querySelector('.checks').scrollIntoView()")


def call_out(page: Page) -> None:
    """The form that writes a call-out."""
    editor(page)
    page.get_by_role("button", name="Call-out").click()
    page.locator("#call-out-kind").select_option("CALL")


def signing(page: Page) -> None:
    """The declaration."""
    page.locator(".shelf a").first.click()
    page.locator("#sign").wait_for()
    page.evaluate("document.querySelector('#sign').scrollIntoView()")


AFTERCARE = "/admin/pages/page/?q=aftercare"
# Name, address, width and height, and what is done there before the picture is taken
SHOTS: tuple[tuple[str, str, int, int, Callable[[Page], None] | None], ...] = (
    ("first-page", "/admin/", 900, 620, None),
    ("pages", "/admin/pages/page/", 390, 780, None),
    ("editor", AFTERCARE, 390, 780, editor),
    ("preview", AFTERCARE, 390, 780, preview),
    ("checks", AFTERCARE, 390, 780, checks),
    ("call-out", AFTERCARE, 390, 700, call_out),
    ("new-page", "/admin/pages/page/add/", 900, 760, None),
    ("sign-off", "/admin/pages/signoff/", 900, 520, None),
    ("signing", "/admin/pages/signoff/", 900, 620, signing),
    ("closure", "/admin/clinic/closure/add/", 900, 420, None),
    ("notice", "/aftercare/", 390, 620, None),  # how patients are told of a closure
    ("second-factor", "/admin/second-factor/", 900, 420, None),
)


def small(png: bytes, colours: int = 64) -> bytes:
    """The same picture in few colours: those that most of it has, as they are, and the nearest to the rest."""
    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        plain = image.convert("RGB")
    found = sorted(plain.getcolors(plain.width * plain.height), reverse=True)
    kept = [colour for _, colour in found[:OFTEN]]
    rare = Image.new("RGB", (len(found), 1))
    rare.putdata([colour for _, colour in found])
    spread = rare.quantize(colours - OFTEN, Image.Quantize.MAXCOVERAGE).convert("RGB")
    kept += [colour for _, colour in spread.getcolors(len(found))]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in kept for part in colour])
    plain.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def phones(browser: Browser, url: str) -> bytes:
    """The README's picture: what a patient sees first, on three phones side by side."""
    step = PHONE["width"] + GAP
    sheet = Image.new("RGB", (step * len(PHONES) - GAP, PHONE["height"]), "white")
    for place, (path, scheme) in enumerate(PHONES):
        context = browser.new_context(
            viewport=PHONE,
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-CA",
        )
        page = context.new_page()
        page.goto(url + path)
        with Image.open(BytesIO(page.screenshot())) as shot:
            sheet.paste(shot, (place * step, 0))
        context.close()
    out = BytesIO()
    sheet.save(out, "PNG")
    return small(out.getvalue(), 128)  # the dots are small and must stay red


def main() -> None:
    """Take them all; ends with a sentence when one is too large."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder) / "data")
        site.start()
        flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        try:
            (PICTURES / "phone.png").write_bytes(phones(browser, site.url))
            done = site.manage("shell", "-c", ACCOUNT)
            if done.returncode:
                raise SystemExit(done.stderr)
            context = browser.new_context(
                base_url=site.url,
                reduced_motion="reduce",
                locale="en-CA",
                timezone_id="America/Vancouver",
            )
            context.add_init_script(ALONE)
            page = context.new_page()
            page.goto("/admin/")
            page.fill("#id_username", "anna")
            page.fill("#id_password", "pictures only")
            page.click("[type=submit]")
            for name, address, width, height, prepare in SHOTS:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address)
                if prepare:
                    prepare(page)
                picture = small(page.screenshot())
                if len(picture) > MOST_BYTES:
                    raise SystemExit(f"{name} has {len(picture):,} bytes: show less of it.")
                (PICTURES / f"{name}.png").write_bytes(picture)
        finally:
            browser.close()
            site.stop()


if __name__ == "__main__":
    main()
