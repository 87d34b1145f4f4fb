"""A content file is read into its front matter, with lines, and its body; faults have lines too."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_site.markup import Problem, SourceError, parse, read_source
from tests.at_length import examples

FILE = b"---\nlayout: article\ntitle: What is IMS?\n# a remark\nareas: [neck, back]\n---\n\n## A\n"


def problems(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(SourceError) as caught:
        read_source(data)
    return caught.value.problems


def test_the_front_matter_is_read() -> None:
    assert read_source(FILE).front == {
        "layout": "article",
        "title": "What is IMS?",
        "areas": ["neck", "back"],
    }


def test_each_key_has_its_line() -> None:
    assert read_source(FILE).lines == {"layout": 2, "title": 3, "areas": 5}


def test_the_body_begins_after_one_empty_line() -> None:
    source = read_source(FILE)
    assert (source.body, source.body_line) == ("## A\n", 8)


def test_further_empty_lines_belong_to_the_body() -> None:
    source = read_source(b"---\na: b\n---\n\n\nc")
    assert (source.body, source.body_line) == ("\nc", 5)


def test_the_lines_of_the_document_are_those_of_the_file() -> None:
    source = read_source(FILE)
    assert parse(source.body, first_line=source.body_line).sections[0].line == 8


def test_a_file_without_front_matter_is_all_body() -> None:
    source = read_source(b"a\n\n---\nb\n")
    assert (source.front, source.body, source.body_line) == ({}, "a\n\n---\nb\n", 1)


def test_empty_front_matter_is_no_keys() -> None:
    assert read_source(b"---\n---\na").front == {}


def test_a_byte_order_mark_is_accepted_and_kept_in_the_text() -> None:
    source = read_source(b"\xef\xbb\xbf" + FILE)
    assert source.front["layout"] == "article"
    assert source.text.encode() == b"\xef\xbb\xbf" + FILE


def test_windows_line_ends_are_accepted() -> None:
    source = read_source(FILE.replace(b"\n", b"\r\n"))
    assert (source.front, source.lines, source.body, source.body_line) == (
        read_source(FILE).front,
        read_source(FILE).lines,
        "## A\n",
        8,
    )


def test_values_are_what_yaml_says() -> None:
    front = read_source(b"---\na: 2026-01-02\nb: yes\nc: 1.5\nd: '1'\n---\n").front
    assert front == {"a": datetime.date(2026, 1, 2), "b": True, "c": 1.5, "d": "1"}


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"---\na: b\ntitle: b: c\n---\n", 3, "put the whole value in quotes"),
        (b"---\na: b\nb: 'c\n---\n", 4, "close the quotes"),
        (b"---\na: [b\n---\n", 3, "close the bracket"),
        (b"---\n\ta: b\n---\n", 2, "instead of a tab"),
        (b"---\na: @b\n---\n", 2, "quotes around"),
        (b"---\na: b\nc: d\na: e\n---\n", 4, "The key a is here and on line 2"),
        (b"---\na:\n  b: 1\n  b: 2\n---\n", 4, "The key b is here and on line 3"),
        (b"---\n- a\n---\n", 2, "title: Safety"),
        (b"---\njust words\n---\n", 2, "title: Safety"),
        (b"---\na: b\n", 1, "write --- on a line of its own"),
        (b"---", 1, "write --- on a line of its own"),
        (b"---\na: b\n---\nc\nd\xff\n", 5, "Byte 2 of this line (0xff)"),
        (b"---\na: b\n---\nc\x00\n", 4, "NUL"),
        (b"---\na: b\n---\nc\x07\n", 4, "U+0007"),
        (b"---\na: b\n---\nc\rd\n", 4, "CR without LF"),
        ("---\na: b\n---\nc\u2028d\n".encode(), 4, "U+2028"),
        (b'---\na: "b\\0"\n---\n', 2, "control character"),
        (b"---\na: b\nc: 2026-13-45\n---\n", 3, "put it in quotes"),
        (b"---\nyes: b\n---\n", 2, "'yes'"),
        (b"---\n1: b\n---\n", 2, "'1'"),
        (b"---\na: &b c\nd: *b\n---\n", 2, "Anchors"),
        (b"---\na: !!python/object/apply:os.system [ls]\n---\n", 2, "constructor"),
        (b"---\n" + b"- " * 40_000 + b"\n---\n", 2, "too deep"),
        (b"---\na: " + b"[" * 90_000 + b"\n---\n", 2, "too deep"),
        (b"---\n" + b"? " * 40_000 + b"\n---\n", 2, "too deep"),
        (b"---\na: " + b"b" * 100_000 + b"\n---\n", 2, "more than 100,000"),
    ],
)
def test_a_fault_has_its_line_and_a_way_out(data: bytes, line: int, words: str) -> None:
    found = problems(data)
    assert [problem.line for problem in found] == [line]
    assert words in found[0].message


def test_all_faults_are_listed_in_order() -> None:
    found = problems(b"---\na: 1\na: 2\nb: 2026-13-45\n---\nc\x00\nd\xff\n")
    assert [problem.line for problem in found] == [3, 4, 6, 7]


def test_the_error_says_all_its_problems() -> None:
    with pytest.raises(SourceError, match=r"^3: .*\n4: "):
        read_source(b"---\na: 1\na: 2\nb: 2026-13-45\n---\n")


@settings(max_examples=examples(500), deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(
            st.sampled_from(
                [b"---\n", b"a: ", b"b", b"\n", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"&a ",
                 b"*a", b"|\n", b">-\n", b"  ", b"\t", b"# ", b"? ", b": ", b"!!str ", b"%YAML 1.1\n",
                 b"...\n", b"<<: ", b"\r\n", b"\xef\xbb\xbf", b"\xff", b"\x00", b"0x", b"2026-01-01 "],
            ),
            max_size=25,
        ).map(lambda pieces: b"---\n" + b"".join(pieces) + b"\n---\nbody"),
    )
)  # fmt: skip
def test_reading_any_bytes_gives_a_source_or_its_problems(data: bytes) -> None:
    try:
        source = read_source(data)
    except SourceError as error:
        assert error.problems
        assert all(1 <= problem.line <= data.count(b"\n") + 2 for problem in error.problems)
    else:
        assert source.text.encode() == data
