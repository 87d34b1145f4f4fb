"""Short ways through the words of a text: a rule is asked only about a sign it could begin with.

As in short_blocks, they give exactly what the stock parser would.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_core import StateCore, text_join
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token
from markdown_it.utils import EnvType

MAX_BRACKETS = 8

_INLINE_SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "entity": "&",
    "footnote_ref": "[",
}

_SIGN = re.compile(r"[\n&*<\[\\\]_`]|!(?=\[)")
_NOT_PLAIN = re.compile(r"[&*<\[\\\]_`]|[ \t]\n|\n[ \t]")
_BRACKET = re.compile(r"[\[\]]")
_ADDRESS = (
    r"(?:(?:https?://[a-z0-9.-]+)?(?:/[A-Za-z0-9._~-]+)*/?(?:\?[A-Za-z0-9._~=&-]*)?(?:#[A-Za-z0-9-]*)?"
    r"|tel:[0-9+-]+)"
)
_PLAIN_ADDRESS = re.compile(_ADDRESS)
_PLAIN_LINK = re.compile(rf"\[([^\[\]\\`<&!*_\n]+)\]\(({_ADDRESS})\)")


class ShortInlineParser(ParserInline):
    """Steps from sign to sign, and asks the rules that can begin with the sign."""

    def choose_rules(self) -> None:
        """Sort the rules by sign; to be called when all of them are in."""
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self._by_sign: dict[str, list[RuleFuncInlineType]] = {
            sign: [rule for name, rule in rules if sign in _INLINE_SIGNS.get(name, "")]
            for sign in set("".join(_INLINE_SIGNS.values()))
        }

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The stock way, but pairs of stars are looked for only where there are stars."""
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        if "*" in src or "_" in src:
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """The stock loop over the words, with the rules chosen by sign."""
        source, end = state.src, state.posMax
        is_too_deep = state.level >= state.md.options["maxNesting"]
        while state.pos < end:
            at = state.pos
            sign = _SIGN.search(source, at, end)
            start = sign.start() if sign else end
            if start > at:
                state.append_pending(source[at:start])
                state.pos = start
            elif is_too_deep or not self._matches(state, source[at], False):
                state.append_pending(source[at])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:
        """Step over one token without making it."""
        at = state.pos
        if at in state.cache:
            state.pos = state.cache[at]
            return
        sign = _SIGN.search(state.src, at, state.posMax)
        start = sign.start() if sign else state.posMax
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        elif start > at:
            state.pos = start
        else:
            state.level += 1
            if not self._matches(state, state.src[at], True):
                state.pos += 1
            state.level -= 1
        state.cache[at] = state.pos

    def _matches(self, state: StateInline, sign: str, silent: bool) -> bool:
        return any(rule(state, silent) for rule in self._by_sign.get(sign, ()))


def short_link(state: StateInline, silent: bool) -> bool:
    """A link of plain words to a plain address in one step; any other the stock way."""
    match = _PLAIN_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return link(state, silent)
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": match[2]}
        state.append_pending(match[1])
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def join_texts(state: StateCore) -> None:
    """Join what an escape or an entity has torn apart, in a text that has any."""
    if "\\" in state.src or "&" in state.src:
        text_join(state)


def parse_inlines(state: StateCore) -> None:
    """Parse only the words that hold a sign; plain ones keep content without children.

    Words with brackets within brackets within brackets are left as they are typed.
    """
    for token in state.tokens:
        if token.type != "inline" or not _NOT_PLAIN.search(token.content):
            continue
        if token.content.count("[") > MAX_BRACKETS and _is_tangled(token.content):
            token.meta = {"is_tangled": True}
            continue
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)


def _is_tangled(words: str) -> bool:
    """Whether more brackets are open at once than anybody writes on purpose."""
    depth = 0
    for bracket in _BRACKET.finditer(words):
        depth = depth + 1 if bracket[0] == "[" else max(depth - 1, 0)
        if depth > MAX_BRACKETS:
            return True
    return False


def normalise_address(address: str) -> str:
    """The address with what needs it percent-encoded; most need nothing."""
    return address if _PLAIN_ADDRESS.fullmatch(address) else normalizeLink(address)
