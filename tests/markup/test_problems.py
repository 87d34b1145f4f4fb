"""What is wrong with a text is said with its line and with what to write."""

import pytest

from clinic_site.markup import parse


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## A\n\n#### B\n", 3, "write '### B'"),
        ("### A\n", 1, "write '## A'"),
        ("a\n\n# B\n", 3, "write '## B'"),
        ("##\n", 1, "no words"),
        ("![](image:1)\n", 1, "no description"),
        ("a" + "[" * 50, 1, "square brackets"),
        ("> " * 60 + "a", 1, "too deep"),
    ],
)
def test_a_problem_has_its_line_and_a_way_out(text: str, line: int, words: str) -> None:
    problems = parse(text).problems
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].message


def test_lines_are_those_of_the_file() -> None:
    assert parse("## A\n\n#### B\n", first_line=21).problems[0].line == 23


def test_problems_come_in_the_order_of_the_lines() -> None:
    lines = [problem.line for problem in parse("[a](b)\n\n#### C\n\n[^d]: e\n").problems]
    assert lines == sorted(lines) and len(lines) == 3


def test_a_first_level_heading_is_a_section_all_the_same() -> None:
    assert parse("# A\n\nb\n").sections[0].title == "A"


def test_going_up_several_levels_is_fine() -> None:
    assert parse("## A\n\n### B\n\n#### C\n\n## D\n").problems == ()
