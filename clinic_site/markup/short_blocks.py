"""Short ways through the blocks of a text: a rule is asked only about a line it could begin with.

The stock parser asks each of its rules in turn about every line; most of a clinic's text is plain
words. The short ways give exactly what the long way would: tests compare the two on generated
texts.
"""

import re
from collections.abc import Iterable

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.rules_block import StateBlock

_BLOCK_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
# These look at the lines that follow: where those begin with a letter, only the last can match.
_ANY_LINE = ("table", "lheading", "deflist", "paragraph")
_ITEM = re.compile(r"[-*+] [^\W\d_]")


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
        self._only_by_sign: dict[str, list[RuleFuncBlockType]] = {
            sign: [rule for rule in chosen if rule not in self._any]
            for sign, chosen in self._by_sign.items()
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
            after = 0
        else:
            sign = state.src[state.bMarks[line] + state.tShift[line]]
            after = _end_of_plain_lines(state, line)
            rules = (
                self._only_by_sign.get(sign, ()) if after else self._by_sign.get(sign, self._any)
            )
        for rule in rules:
            if rule(state, line, end_line, False):
                return
        if after:
            _push_paragraph(state, line, after)


def _end_of_plain_lines(state: StateBlock, line: int) -> int:
    """The line after a paragraph that would begin here, if all that is in it are lines of words.

    Each line after the first begins with a letter, so that none of them can begin anything else,
    nor make the first a heading, a label or the head of a table. 0 where one might. An item of a
    list ends it.
    """
    source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    indents, least, last = state.sCount, state.blkIndent, state.lineMax
    after = line + 1
    while after < last and (start := begins[after] + shifts[after]) < ends[after]:
        if _ITEM.match(source, start) and _is_item(state, after):
            return after
        if not source[start].isalpha() or not least <= indents[after] < least + 4:
            return 0
        after += 1
    return 0 if after == line + 1 and _may_be_a_label(state, after) else after


def _is_item(state: StateBlock, line: int) -> bool:
    """Whether a line that begins as an item of a list is one: it is indented neither too far nor in between."""
    indent, least = state.sCount[line], state.blkIndent
    is_between = 0 <= state.listIndent <= indent - 4 and indent < least
    return 0 <= indent < least + 4 and not is_between


def _push_paragraph(state: StateBlock, line: int, after: int) -> None:
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    words = state.push("inline", "", 0)
    words.content = state.getLines(line, after, state.blkIndent, False).strip(MD_TRIM_CHARS)
    words.map, words.children = [line, after], []
    state.push("paragraph_close", "p", -1)


def _may_be_a_label(state: StateBlock, after: int) -> bool:
    """Whether what comes after a line begins with a sign that makes the line a label."""
    for at in (after, after + 1):
        if at < state.lineMax and not state.isEmpty(at):
            return state.src[state.bMarks[at] + state.tShift[at]] in ":~"
    return False
