"""The short ways through the parser find exactly what the stock parser finds."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from clinic_site.markup.parsing import build_parser
from clinic_site.markup.short_inlines import MAX_BRACKETS, normalise_address
from tests.markup.markdown_texts import markdown_texts

SHORT, STOCK = build_parser(), build_parser(is_short=False)


def shape(tokens: list[Token]) -> list[object]:
    """Everything about tokens that the renderer looks at; plain words as one text child."""
    return [
        (
            token.type,
            token.tag,
            token.level,
            token.map,
            token.hidden,
            token.attrs,
            token.meta,
            token.markup,
            token.content,
            joined(token) if token.type == "inline" else None,
        )
        for token in tokens
    ]


def joined(inline: Token) -> list[object]:
    """The children of an inline token, with words and line ends run together."""
    found: list[object] = [] if inline.children else [inline.content] if inline.content else []
    for child in inline.children or []:
        words = "\n" if child.type == "softbreak" else child.content
        if child.type in ("text", "softbreak"):
            found[-1:] = (
                [found[-1] + words]
                if found and isinstance(found[-1], str)
                else ([*found[-1:], words] if words else found[-1:])
            )
        else:
            found.append((child.type, child.attrs, child.content, child.meta, child.level))
    return found


@settings(max_examples=1500, deadline=None)
@given(markdown_texts)
@example("Label\n: text\n\nPlain one\nand two\n\n- a\n- b\n\n  c\n")
@example("a\n\n: b\n\nc\n---\n")
@example("> a\nb\n> c\n")
@example("[a *b](/x) c*\n")
def test_the_tokens_are_the_same(text: str) -> None:
    text = text.replace("\ud800", "")
    assume(text.count("[") <= MAX_BRACKETS)
    assert shape(SHORT.parse(text, {})) == shape(STOCK.parse(text, {}))


ADDRESSES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(
            ["https://e.org", "HTTP://a-b", "https://", "tel:", "mailto:", "/", "#", ""]
        ),
        st.text("aZ09/.?#=&-~%:_+@é\\[ ", max_size=20),
    ),
)


@settings(max_examples=500, deadline=None)
@given(ADDRESSES)
def test_an_address_is_encoded_the_same(address: str) -> None:
    assert normalise_address(address) == normalizeLink(address)


def test_plain_words_are_not_parsed_at_all() -> None:
    assert SHORT.parse("Just drug-free words.", {})[1].children == []
