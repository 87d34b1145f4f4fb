"""Markdown to tokens: CommonMark without raw HTML, with tables, definition lists and footnotes.

On top of it two small things of our own: a heading may end in {#anchor}, and a block quote whose
first line is [!NOTE], [!SUMMARY], [!TIP], [!SAFETY] or [!RESEARCH] is a call-out. [!CALL], [!EMERGENCY],
[!TODAY] and [!SOON] are warning cards, from the most urgent to the least: each says whom to turn to, and how soon.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 32
MAX_BRACKETS = 8  # within one another
TANGLED = "tangled"  # the type of a token whose words are left as they are typed
WARNING_CARDS = ("CALL", "EMERGENCY", "TODAY", "SOON")
CALL_OUTS = {
    "NOTE": "Note",
    "SUMMARY": "In plain words",
    "TIP": "Good to know",
    "SAFETY": "Safety",
    "RESEARCH": "What research says",
    "CALL": "Urgent care",
    "EMERGENCY": "Emergency department now",
    "TODAY": "Doctor today",
    "SOON": "Advice soon",
}

_BRACKET = re.compile(r"[\[\]]")
_NOTE_REF = re.compile(r"\[\^([^\]\[\s]{1,64})\]")
_CALL_OUT = re.compile(r"\[!([A-Za-z]+)\][ \t]*(?:\n|$)")
_ANCHOR = re.compile(r"(?:^|[ \t]+)\{#([^{}\s]*)\}[ \t]*$")


def _note_ref(state: StateInline, silent: bool) -> bool:
    """A reference [^name] to a footnote that is defined somewhere."""
    if state.src[state.pos] != "[":
        return False
    match = _NOTE_REF.match(state.src, state.pos, state.posMax)
    if match is None or f":{match[1]}" not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def _mark_headings_and_call_outs(state: StateCore) -> None:
    """Take {#anchor} and [!NOTE] out of the words, and leave them as meta of their blocks."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[index + 1]
            if words.content.endswith("}") and (match := _ANCHOR.search(words.content)):
                token.meta = {"anchor": match[1]}
                words.content = words.content[: match.start()]
        elif token.type == "blockquote_open" and tokens[index + 1].type == "paragraph_open":
            words = tokens[index + 2]
            if match := _CALL_OUT.match(words.content):
                token.meta = {"call_out": match[1].upper()}
                if match[1].upper() in CALL_OUTS:
                    words.content = words.content[match.end() :]
                    words.map = [line + 1 for line in words.map or (0, 0)]


def _no_link_is_refused(url: str) -> bool:
    """Let every address through here: the renderer decides, and shows the text of a bad one."""
    return True


def _leave_tangled_brackets(state: StateCore) -> None:
    """Guard against nested brackets: such words are not parsed, which would take far longer than their length."""
    for token in state.tokens:
        if token.type == "inline" and _is_tangled(token.content):
            token.type = TANGLED


def _is_tangled(words: str) -> bool:
    """Whether more brackets are open at once than anybody writes on purpose."""
    depth = 0
    for bracket in _BRACKET.finditer(words):
        depth = depth + 1 if bracket[0] == "[" else max(depth - 1, 0)
        if depth > MAX_BRACKETS:
            return True
    return False


def build_parser() -> MarkdownIt:
    """markdown-it-py with CommonMark, tables, definition lists and footnotes, and the rules of this site."""
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    markdown.enable("table").disable(["html_block", "html_inline"])
    markdown.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    markdown.inline.ruler.at("footnote_ref", _note_ref)
    markdown.core.ruler.before("inline", "headings_and_call_outs", _mark_headings_and_call_outs)
    markdown.core.ruler.before("inline", "tangled_brackets", _leave_tangled_brackets)
    markdown.validateLink = _no_link_is_refused  # type: ignore[method-assign]  # its own hook
    return markdown


_MARKDOWN = build_parser()
_BLOCKS = build_parser()
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])


def tokenise(body: str) -> list[Token]:
    """The tokens of a text, footnote definitions where they stand."""
    return _MARKDOWN.parse(body, {})


def block_tokens(body: str) -> list[Token]:
    """The blocks of a text, the words in them not looked at: where they stand, for less than half the time."""
    return _BLOCKS.parse(body, {})


def plain_text(inline: Token) -> str:
    """The words of an inline token without their markup; notes and images left out."""
    if not inline.children:
        return " ".join(inline.content.split())
    words = []
    for child in inline.children:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return " ".join("".join(words).split())


def column_names(tokens: list[Token], table: int) -> list[str]:
    """The words above the columns of the table that opens at this index; empty ones left out."""
    names = []
    for at in range(table, len(tokens)):
        if tokens[at].type == "thead_close":
            break
        if tokens[at].type == "th_open":
            names.append(plain_text(tokens[at + 1]))
    return [name for name in names if name]
