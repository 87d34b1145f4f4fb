"""`make lighthouse`: Lighthouse over every kind of page of the shipped site, offline; reports in build/lighthouse/.

Ends with exit code 1 where search engines' needs, accessibility or best practices score below 100.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browsing import FLAGS, chromium
from tests.serving import Site

PAGES = (
    "/ /what-is-ims/ /benefits/ /is-it-for-me/ /first-session/ /how-often/ /conditions/ /faq/ "
    "/glossary/ /clinic/ /book/ /privacy/"
).split()  # one or more of each layout
CATEGORIES = ("seo", "accessibility", "best-practices", "performance")
HELD = CATEGORIES[:3]  # performance depends on the machine: it is shown
FOLDER = Path("build/lighthouse")
LIGHTHOUSE = Path(".venv/lighthouse/node_modules/.bin/lighthouse")
PATIENCE, TRIES = (
    300,
    3,
)  # seconds for one page; a browser may fail to record its trace, and then it asks for another try


def main() -> int:
    """Look at every page; 0 when all that is held is at 100."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "data")
        site.start()
        try:
            scores = {path: look_at(site.url, path) for path in PAGES}
        finally:
            site.stop()
    print("page".ljust(18), *(name.rjust(15) for name in CATEGORIES))
    for path, found in scores.items():
        print(path.ljust(18), *(str(found[name]).rjust(15) for name in CATEGORIES))
    below = [path for path, found in scores.items() if min(found[name] for name in HELD) < 100]
    return 1 if below else 0


def look_at(base: str, path: str) -> dict[str, int]:
    """The scores of one page, 0 to 100; writes its report as HTML and JSON."""
    name = FOLDER / (path.strip("/").replace("/", "-") or "home")
    command = (
        str(LIGHTHOUSE),
        f"{base}{path}",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(('--headless=new', '--no-sandbox', *FLAGS))}",
        "--output=json",
        "--output=html",
        f"--output-path={name}",
    )
    for left in reversed(range(TRIES)):
        done = subprocess.run(
            command, timeout=PATIENCE, env=os.environ | {"CHROME_PATH": browser()}
        )
        if done.returncode == 0:
            break
        if not left:
            raise SystemExit(
                f"Lighthouse failed {TRIES} times at {path}: its last words stand above."
            )
    told = json.loads(name.with_suffix(".report.json").read_text())
    return {name: round(100 * told["categories"][name]["score"]) for name in CATEGORIES}


def browser() -> str:
    """The browser that the tests use, too."""
    found = chromium()
    if found is None:
        raise SystemExit("A Chromium is needed: set CHROMIUM to the path of one.")
    return found


if __name__ == "__main__":
    sys.exit(main())
