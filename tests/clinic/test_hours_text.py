"""Opening hours as people write them: what they mean, what is refused, and that files and the admin agree."""

from collections.abc import Callable
from datetime import time

import pytest
from django.core.exceptions import ValidationError

from clinic_site.clinic.forms.fields import ClockField
from clinic_site.clinic.hours_text import NotHours, first_overlap, read_span, read_time
from clinic_site.clinic.models import Hours
from tests.clinic.test_file_mapping import FILE

WEEK = '["09:00-17:00"]'
TEXT = FILE.format(phone="604-555-0142", street="1 First Street")
CLOCKS = {
    "09:00": time(9),
    "9:00": time(9),
    "9.30": time(9, 30),
    "9h30": time(9, 30),
    "09:00:00": time(9),
    "9am": time(9),
    "9 AM": time(9),
    "9 a.m.": time(9),
    "9:30 p.m.": time(21, 30),
    "12am": time(0),
    "12pm": time(12),
    "12:15 am": time(0, 15),
    "noon": time(12),
    "12 noon": time(12),
    "Noon": time(12),
    "00:00": time(0),
    "23:59": time(23, 59),
}
NO_CLOCKS = (
    *("9", "17", "24:00", "23:60", "25:00", "13pm", "0am", "midnight", "9:0", "9:000", "-9:00"),
    *("9amm", "9 o'clock", "nine", "09:00:30", "9:00 xm", "1e1:00", "half past 9"),
)
SPANS = {
    "09:00-17:30": "09:00 17:30",
    "9am-5:30pm": "09:00 17:30",
    "9am to 5:30 pm": "09:00 17:30",
    "from 9am to 5pm": "09:00 17:00",
    "9 a.m. \u2013 5 p.m.": "09:00 17:00",
    "9:00\u201412:00": "09:00 12:00",
    "  9am until noon ": "09:00 12:00",
    "12am-11:59pm": "00:00 23:59",
}
NO_SPANS = (
    *(
        "",
        "closed",
        "9-5",
        "9-5pm",
        "9am",
        "9am-",
        "-5pm",
        "9am-noon-5pm",
        "17:00-09:00",
        "9am-9am",
    ),
    *("10pm-2am", "09:00-24:00", "9am 5pm", "09:00-17:00, 18:00-20:00", "24/7", "by appointment"),
)


@pytest.mark.parametrize(("typed", "meant"), CLOCKS.items())
def test_a_time_is_read_as_it_is_meant(typed: str, meant: time) -> None:
    assert read_time(typed) == meant
    assert ClockField().clean(typed) == meant


@pytest.mark.parametrize("typed", NO_CLOCKS)
def test_what_is_no_time_is_refused_alike_by_the_admin(typed: str) -> None:
    with pytest.raises(NotHours):
        read_time(typed)
    with pytest.raises(ValidationError, match=r"write 09:00 or 9am|from 00:00 to 23:59"):
        ClockField().clean(typed)


@pytest.mark.parametrize(("typed", "meant"), SPANS.items())
def test_a_stretch_is_read_as_it_is_meant(typed: str, meant: str) -> None:
    opens, closes = read_span(typed)
    assert f"{opens:%H:%M} {closes:%H:%M}" == meant


@pytest.mark.parametrize("typed", NO_SPANS)
def test_what_is_no_stretch_of_one_day_is_refused(typed: str) -> None:
    with pytest.raises(NotHours):
        read_span(typed)


@pytest.mark.parametrize(
    ("typed", "clash"),
    [
        (["9am-noon", "1pm-5pm"], False),
        (["9am-noon", "noon-5pm"], False),
        (["1pm-5pm", "9am-noon"], False),
        (["9am-noon", "11:59-13:00"], True),
        (["9am-5pm", "10am-11am"], True),
        (["9am-5pm", "10am-11am", "6pm-7pm"], True),
        (["9am-5pm", "09:00-17:00"], True),
        (["8pm-9pm", "9am-noon", "11am-1pm"], True),
    ],
)
def test_stretches_that_share_time_are_found_in_any_order(typed: list[str], clash: bool) -> None:
    assert bool(first_overlap(map(read_span, typed))) is clash


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ('["9-5"]', "write 09:00 or 9am"),
        ("[540]", "write hours as 09:00-17:30 or 9am-5:30pm"),
        ("09:00-17:00", "write a list"),
        ('["22:00-02:00"]', "“22:00-02:00” ends before it starts"),
        ('["09:00-24:00"]', "a day goes from 00:00 to 23:59"),
        ('["9am-noon", "11am-5pm"]', "“09:00-12:00” and “11:00-17:00” overlap"),
    ],
)
def test_a_file_is_told_what_to_write(
    take_file_in: Callable[[str], str], week: str, sentence: str
) -> None:
    assert sentence in take_file_in(TEXT.replace(WEEK, week))
    assert not Hours.objects.exists()


@pytest.mark.django_db
def test_a_file_may_say_it_as_people_do(take_file_in: Callable[[str], str]) -> None:
    assert take_file_in(TEXT.replace(WEEK, '["9am to noon", "1 p.m. - 5:30 p.m."]')) == ""
    kept = [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in Hours.objects.all()]
    assert kept == ["09:00-12:00", "13:00-17:30"]
