"""Short ways through the parser: a rule is asked only about a line or a sign it could begin with.

The stock parser asks each of its rules in turn about every line and every sign; most of a clinic's
text is plain words. The short ways give exactly what the long way would: tests compare the two on
generated texts.
"""

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

MAX_BRACKETS = 8

_BLOCK_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
_ANY_LINE = ("table", "lheading", "deflist", "paragraph")
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
_PLAIN_ADDRESS = re.compile(r"(?:https?://[a-z0-9.-]+)?(?:/[a-z0-9._-]+)*/?(?:#[a-z0-9-]*)?")


class ShortBlockParser(ParserBlock):
    """Asks the rules that can begin with the first sign of a line, in the stock order."""

    def choose_rules(self) -> None:
        """Sort the rules by sign; to be called when all of them are in."""
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self._all: list[RuleFuncBlockType] = [rule for _, rule in rules]
        self._any: list[RuleFuncBlockType] = [rule for name, rule in rules if name in _ANY_LINE]
        self._by_sign: dict[str, list[RuleFuncBlockType]] = {
            sign: [
                rule
                for name, rule in rules
                if name in _ANY_LINE or sign in _BLOCK_SIGNS.get(name, "")
            ]
            for sign in set("".join(_BLOCK_SIGNS.values()))
        }

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        """The stock loop over the lines, with the rules chosen by sign."""
        line = startLine
        has_empty_lines = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= state.md.options["maxNesting"]:
                state.line = endLine
                break
            self._block(state, line, endLine)
            state.tight = not has_empty_lines
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                has_empty_lines = True
            if line < endLine and state.isEmpty(line):
                has_empty_lines = True
                line += 1
                state.line = line

    def _block(self, state: StateBlock, line: int, end_line: int) -> None:
        if state.sCount[line] - state.blkIndent >= 4:
            rules: Iterable[RuleFuncBlockType] = self._all
        else:
            sign = state.src[state.bMarks[line] + state.tShift[line]]
            if sign.isalpha() and _plain_paragraph(state, line):
                return
            rules = self._by_sign.get(sign, self._any)
        for rule in rules:
            if rule(state, line, end_line, False):
                return


class ShortInlineParser(ParserInline):
    """Steps from sign to sign, and asks the rules that can begin with the sign."""

    def choose_rules(self) -> None:
        """Sort the rules by sign; to be called when all of them are in."""
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self._by_sign: dict[str, list[RuleFuncInlineType]] = {
            sign: [rule for name, rule in rules if sign in _INLINE_SIGNS.get(name, "")]
            for sign in set("".join(_INLINE_SIGNS.values()))
        }

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


def _plain_paragraph(state: StateBlock, line: int) -> bool:
    """A paragraph whose lines all begin with a letter: nothing else can begin that way."""
    source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    indents, least, last = state.sCount, state.blkIndent, state.lineMax
    after = line
    while after < last and (start := begins[after] + shifts[after]) < ends[after]:
        if not source[start].isalpha() or not least <= indents[after] < least + 4:
            return False
        after += 1
    if after == line + 1 and _may_be_a_label(state, after):
        return False
    content = state.getLines(line, after, least, False).strip(MD_TRIM_CHARS)
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    words = state.push("inline", "", 0)
    words.content, words.map, words.children = content, [line, after], []
    state.push("paragraph_close", "p", -1)
    return True


def _may_be_a_label(state: StateBlock, after: int) -> bool:
    """Whether what comes after a line begins with a sign that makes the line a label."""
    for at in (after, after + 1):
        if at < state.lineMax and not state.isEmpty(at):
            return state.src[state.bMarks[at] + state.tShift[at]] in ":~"
    return False


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


def shorten(markdown: MarkdownIt, blocks: ShortBlockParser, inlines: ShortInlineParser) -> None:
    """Put the last short ways into a parser whose rules are all in."""
    blocks.choose_rules()
    inlines.choose_rules()
    markdown.core.ruler.at("inline", parse_inlines)
    markdown.normalizeLink = normalise_address  # type: ignore[method-assign,assignment]  # its hook
