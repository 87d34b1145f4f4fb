"""The time line of visits: one line whose dots grow apart, with no length that nobody gave."""

from itertools import pairwise

import pytest
from django.test import Client

from clinic_site.pages.rendering.frequency_chart import PhasePart, time_line
from tests.reading_text import words_of

OURS = ([0.5, 1], [2, 4], [4, None])


def parts(*weeks: list[float | None]) -> list[PhasePart]:
    return list(time_line({"section": "s", "label": "l", "weeks_between": one} for one in weeks))


def gaps(part: PhasePart) -> list[float]:
    return [later - earlier for earlier, later in pairwise(part.dots)]


def test_dots_come_close_then_wider_then_wide() -> None:
    every = [gap for part in parts(*OURS) for gap in gaps(part)]
    assert every == sorted(every) and every[0] < every[-1] / 4


def test_gaps_are_to_one_scale() -> None:
    weekly, monthly = parts([1, 1], [4, 4])
    assert gaps(monthly)[0] == 4 * gaps(weekly)[0]


def test_what_has_no_end_is_left_open() -> None:
    often, _, now_and_then = parts(*OURS)
    assert not often.is_open_ended
    assert now_and_then.is_open_ended and now_and_then.height > now_and_then.last + 40


@pytest.mark.parametrize("weeks", [[0.01, 0.02], [0, 0], [52, 520], [1000, None]])
def test_any_numbers_that_staff_write_can_be_drawn(weeks: list[float | None]) -> None:
    part = parts(weeks)[0]
    assert min(gaps(part)) >= 7 and part.height < 400


@pytest.mark.usefixtures("published")
def test_the_page_names_no_number_of_weeks_that_the_clinic_does_not(client: Client) -> None:
    words = words_of(client.get("/how-often/").content.decode())
    assert words.count("as long as you need") == 2
    assert "12 weeks" not in words and "6 weeks" not in words


@pytest.mark.usefixtures("published")
def test_what_is_no_step_has_no_number(client: Client) -> None:
    assert b'class="steps"' not in client.get("/how-often/").content
    assert b'class="steps"' in client.get("/first-session/").content
