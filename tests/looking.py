"""A page as people see it: what axe finds and whether it fits, at each width, in the light and in the dark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

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
# 9-1-1 and its like: with a part on the next line, or left out of words that are shown. No parts of an address.
TORN = r"""() => {
  const torn = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("textarea, select")) continue;  // what is typed there has no boxes of its own
    for (const { 0: number, index } of node.data.matchAll(/(?<![\w-])\d-\d-\d(?![\w-])/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + number.length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
      const holder = node.parentElement, around = holder.closest(":not(.nowrap)");
      if (lines.size > 1 || (!lines.size && around.checkVisibility())) torn.push(holder.outerHTML.slice(0, 160));
    }
  }
  return torn;
}"""
# Before the page opens; `shift` is then how much of it moved by itself.
SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Its preload would fetch styles again and put them into the page, which the policy of the admin forbids.
QUICK = {"preload": False, "iframes": False, "resultTypes": ["violations", "incomplete"]}
EVERYTHING: dict[str, Any] = QUICK | {"runOnly": WCAG}
# All that the dark changes is colours.
COLOURS: dict[str, Any] = QUICK | {"runOnly": ["color-contrast", "link-in-text-block"]}
RUN = """([context, options]) => axe.run(context || document, options)
  .then(({ violations, incomplete }) => ({ violations, incomplete }))"""
# axe's own rule for AAA leaves to the one for AA what is below that: two looks at all words, so one rule is made
# stricter. Words behind which something is drawn are judged too.
SET_CONTRAST = """([normal, large]) => Object.assign(axe._audit.checks["color-contrast"].options, {
  contrastRatio: { normal: { expected: normal }, large: { expected: large } },
  ignorePseudo: true,
})"""
LIGHTS: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", EVERYTHING),
    ("dark", COLOURS),
)
# Why axe may leave the contrast of words open: in a drawing, of one sign, in a box that lies partly over another.
MAY_BE_OPEN = {"imgNode", "shortTextContent", "elmPartiallyObscuring"}
# Words in the very colour of what is behind them: axe asks a person, but nobody can read them.
UNREADABLE = "equalRatio"
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


@dataclass(frozen=True)
class Readers:
    """Whom a page is for: the contrast that its words and its large words need, and whether all must be judged."""

    contrast: tuple[float, float]
    is_all_judged: bool


PATIENTS = Readers((7, 4.5), is_all_judged=True)  # AAA
STAFF = Readers((4.5, 3), is_all_judged=False)  # AA; Django's admin draws signs before its links


def axe(
    page: Page, readers: Readers, options: dict[str, Any], context: str | None = None
) -> list[str]:
    """What axe finds in the page as it stands: a line for each rule that is broken."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(SET_CONTRAST, readers.contrast)
    found = page.evaluate(RUN, [context, options])
    broken = [f"{one['id']}: {_nodes(one['nodes'])}" for one in found["violations"]]
    left_open = [
        node
        for one in found["incomplete"]
        for node in one["nodes"]
        if one["id"] == "color-contrast" and _key(node) not in MAY_BE_OPEN
    ]
    unreadable = [one for one in left_open if _key(one) == UNREADABLE]
    if unreadable:
        broken.append(f"in the colour of its ground: {_nodes(unreadable)}")
    if left_open and readers.is_all_judged:
        broken.append(f"contrast not judged: {_nodes(left_open)}")
    return broken


def _key(node: dict[str, Any]) -> str:
    return str(node["any"][0]["data"]["messageKey"])


def _nodes(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["html"][:160] for node in nodes[:3]]


def faults(
    page: Page,
    readers: Readers = STAFF,
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
        found += [f"{width}: torn or lost: {one}" for one in page.evaluate(TORN)]
        for light, options in LIGHTS:
            page.emulate_media(color_scheme=light)
            found += [f"{width} {light} {line}" for line in axe(page, readers, options, context)]
    return found
