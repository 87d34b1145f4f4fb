"""Makes thousands of hostile Markdown texts: tags x handlers x schemes x encodings x contexts."""

import random
from collections.abc import Iterator

TAGS = (
    "script", "img", "svg", "iframe", "math", "style", "object", "embed", "form", "input", "a",
    "body", "video", "audio", "details", "template", "noscript", "base", "meta", "link", "marquee",
    "svg/onload=alert(1)", "textarea", "title", "xmp", "plaintext", "select", "table", "mglyph",
)  # fmt: skip
HANDLERS = (
    "onerror=alert(1)", 'onload="alert(1)"', "onclick='alert(1)'", "ONFOCUS=alert(1) autofocus",
    "ontoggle=alert(1) open", "style=x:expression(alert(1))", "srcdoc='<script>alert(1)</script>'",
    "formaction=javascript:alert(1)", "href=javascript:alert(1)", "src=x onerror\n=alert(1)",
    "onpointerover=alert`1`", "xlink:href=javascript:alert(1)", "id=x class=y",
)  # fmt: skip
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "vbscript:", "data:text/html,", "data:image/svg+xml;base64,",
    "file:///", "blob:", "//evil.example/", "/\\evil.example/", "\\\\evil.example\\", "java\tscript:",
    "\x01javascript:", "javascript&colon;", "jav&#x0A;ascript:", "&#106;avascript:", "%6aavascript:",
    "&#0000106&#0000097vascript:", "feed:javascript:", "view-source:", "intent:", "ftp://", "ws://",
    "///evil.example/", "/%5cevil.example/", "https:evil.example", "https:/\\evil.example", "image:",
)  # fmt: skip
ENDS = ("alert(1)", "alert(1)//", '"onmouseover=alert(1) x="', "'><script>alert(1)</script>")
ENCODINGS = (
    lambda text: text,
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "&#60;"),
    lambda text: text.replace("<", "&#x3c;").replace('"', "&quot;"),
    lambda text: text.replace("<", "\\<"),
    lambda text: text.replace("<", "\uff1c"),
    lambda text: text.replace("a", "&#97;"),
    lambda text: text.replace("<", "<\x00"),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "/"),
)
CONTEXTS = (
    "{}", "# {}", "## {}", "### {} {{#{}}}", "## a {{#{}}}", "> {}", "> [!NOTE]\n> {}",
    "> [!{}]\n> a", "> [!CALL]\n> **{}**", "- {}", "1. {}", "{}\n: {}", "a\n: {}",
    "|{}|b|\n|-|-|\n|a|{}|", "```{}\n{}\n```", "    {}", "`{}`", "**{}**", "*{}*", "[{}](/a)",
    "[a]({})", "[a](<{}>)", "[a](/b \"{}\")", "![{}](image:1)", "![a]({})", "![a](/s/{})", "<{}>",
    "[a][b]\n\n[b]: {}", "[a][b]\n\n[b]: <{}> '{}'", "a[^b]\n\n[^b]: {}", "a[^{}]\n\n[^{}]: b",
    "[![{}]({})]({})", "[a[^b]]({})\n\n[^b]: {}", "a\\\n{}", "a  \n{}", "{}\n===", "{}\n---",
    "\x1e{}\x1e", "[{}]({})",
)  # fmt: skip


def _payload(dice: random.Random) -> str:
    kind = dice.randrange(3)
    if kind == 0:
        return f"<{dice.choice(TAGS)} {dice.choice(HANDLERS)}>{dice.choice(ENDS)}"
    if kind == 1:
        return dice.choice(SCHEMES) + dice.choice(ENDS)
    tag = dice.choice(TAGS)
    return f"</{dice.choice(TAGS)}><{tag} href='{dice.choice(SCHEMES)}alert(1)'></{tag}><!-- "


def attacks(number: int, seed: int) -> Iterator[str]:
    """So many texts, the same ones for the same seed; each context is met about equally often."""
    dice = random.Random(seed)
    for turn in range(number):
        context = CONTEXTS[turn % len(CONTEXTS)]
        count = context.replace("{{", "").replace("}}", "").count("{}")
        encode = dice.choice(ENCODINGS)
        yield context.format(*[encode(_payload(dice)) for _ in range(count)])
