"""A page as people see it: what axe finds and whether it fits, at each width, in the light and in the dark."""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PHONE, DESK = 390, 1280
WIDTHS = (320, PHONE, DESK)
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# The menu would lie over the head of the page.
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
# Boxes to type in and buttons whose edge a frame cuts off.
CUT_OFF = """() => [...document.querySelectorAll("input, select, textarea, button")].filter(one => {
  const box = one.getBoundingClientRect();
  for (let frame = one.parentElement; box.width && frame; frame = frame.parentElement) {
    const around = frame.getBoundingClientRect();
    const cuts = /hidden|clip/.test(getComputedStyle(frame).overflowX) && around.width > 1;
    if (cuts && (box.left < around.left - 1 || box.right > around.right + 1)) return true;
  }
}).map(one => one.outerHTML.slice(0, 160))"""
# Before the page opens; `shift` is then how much of it moved by itself.
SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Its preload would fetch styles again and put them into the page, which the policy of the admin forbids.
QUICK = {"preload": False, "iframes": False}
AA, AAA = "color-contrast", "color-contrast-enhanced"
STAFF: dict[str, Any] = QUICK | {"runOnly": WCAG, "resultTypes": ["violations"]}
PATIENTS: dict[str, Any] = STAFF | {
    "resultTypes": ["violations", "incomplete"],
    "rules": {AAA: {"enabled": True}},
}
# All that the dark changes is colours. The enhanced rule leaves to the other what is below its threshold.
COLOURS = [AA, "link-in-text-block"]
RUN = """([context, options]) => axe.run(context || document, options)
  .then(({ violations, incomplete }) => ({ violations, incomplete }))"""
# Words behind which something is drawn are judged too.
STRICT = f"""["{AA}", "{AAA}"].forEach(id => Object.assign(axe._audit.checks[id].options, {{ ignorePseudo: true }}))"""
# Why axe may leave the contrast of patients' words open: in a drawing, of one sign, in a box partly over another.
MAY_BE_OPEN = {"imgNode", "shortTextContent", "elmPartiallyObscuring"}
# The colours of the admin's links take a moment to change; what is judged is where they end. Fibres that lie behind
# words keep axe from judging those.
STILL = """*, ::before, ::after { transition: none !important }
.hero svg { visibility: hidden !important }"""
DRESS = """styles => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
}"""


def dress(page: Page, styles: str) -> None:
    """Give the page more styles, which its policy would not take from anywhere else."""
    page.evaluate(DRESS, styles)


def axe(page: Page, options: dict[str, Any], context: str | None = None) -> list[str]:
    """What axe finds in the page as it stands: a line for each rule that is broken."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(STRICT)
    found = page.evaluate(RUN, [context, options])
    broken = [f"{one['id']}: {_nodes(one['nodes'])}" for one in found["violations"]]
    left_open = [
        node
        for one in found["incomplete"]
        for node in one["nodes"]
        if one["id"] == AAA and node["any"][0]["data"]["messageKey"] not in MAY_BE_OPEN
    ]
    return [*broken, *([f"contrast not judged: {_nodes(left_open)}"] if left_open else [])]


def _nodes(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["html"][:160] for node in nodes[:3]]


def faults(
    page: Page,
    options: dict[str, Any] = STAFF,
    *,
    widths: Iterable[int] = WIDTHS,
    height: int = 844,
    context: str | None = None,
) -> list[str]:
    """What is wrong with the page as it stands, at any of the widths, light or dark."""
    dress(page, STILL)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        if not page.evaluate(NO_SIDEWAYS):
            found.append(f"{width}: wider than the screen")
        found += [f"{width}: cut off: {one}" for one in page.evaluate(CUT_OFF)]
        for light in ("light", "dark"):
            page.emulate_media(color_scheme=light)
            rules = options if light == "light" else _colours_of(options)
            found += [f"{width} {light} {line}" for line in axe(page, rules, context)]
    return found


def _colours_of(options: dict[str, Any]) -> dict[str, Any]:
    """The same in the dark; staff pages are not held to the enhanced contrast."""
    colours = [*COLOURS, *options.get("rules", ())]
    return QUICK | {"runOnly": colours, "resultTypes": options["resultTypes"]}
