"""What the admin takes for the clinic's rows, its file can say, and the file read again says the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import reverse
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clinic_site.clinic.models import Clinic, Location, Practitioner, Price
from tests.at_length import examples
from tests.clinic.whole_clinic import ANNA, HARBOUR, MAIN, PLAIN
from tests.content_sync.folder import ContentFolder

ODD = [
    *(
        "",
        " ",
        "0",
        "null",
        "~",
        "yes",
        "2026-12-24",
        "9:00",
        "#200",
        "a: b",
        "- a",
        "|",
        "'",
        '"',
        "\\",
    ),
    *(
        "\u200b",
        "\u3164",
        "\u2800",
        "\u00a0x\u00a0",
        "a\u2028b",
        "a\r\nb",
        "a\u202eb",
        "\ufeff",
        "\x00",
        "\x85",
    ),
    *(
        "e" + "\u0301" * 99,
        "---",
        "...",
        "x" * 500,
        "\U0001f600",
        "李",
        "Café #1",
        "%",
        "@",
        "`",
        "!",
        "&a",
        "*a",
        "?",
        "[a]",
        "{a}",
    ),
    *(
        "Main Street",
        "Harbour",
        "Anna Lee",
        "First visit",
        "main-street",
        "harbour",
        "anna-lee",
        "place-2",
        "person-2",
    ),
]
WORDS = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=12),
    st.lists(st.sampled_from(ODD), max_size=3).map("".join),
)
LINES = st.lists(WORDS, max_size=3).map("\n".join)
DAYS = st.sampled_from(
    [
        "",
        "1999-05-12",
        "0001-01-01",
        "2026-12-24",
        "2026-12-31",
        "2100-12-31",
        "2101-01-01",
        "9999-12-31",
    ]
)
CLOCKS = st.sampled_from(
    ["", "9am", "09:00", "9:30 p.m.", "noon", "24:00", "09:00:30", "23:59", "12h30", "９:00"]
)
NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "45",
        "0.001",
        "95.5",
        "95.55",
        "99999",
        "99999.99",
        "1441",
        "32767",
        "1e3",
        "nan",
        "inf",
        "49.26551234567890123",
        "9" * 400,
    ]
)
PHONES = st.sampled_from(
    [
        "",
        "604-736-2101",
        "604-736-2155 ext. 4",
        "+1 (604) 736-2101",
        "1-800-GOFEDEX",
        "911",
        "\u202a604-736-2101\u202c",
    ]
)
MAILS = st.sampled_from(["", "a@b.ca", "a@bücher.ca", "é@b.ca", "A@B.CA", '"a b"@c.ca', " a@b.ca "])
LINKS = st.sampled_from(
    [
        "",
        "https://a.ca/1",
        "http://a.ca",
        "a.ca",
        "https://a.ca/ü?x=[1]#y",
        "https://a.ca/a b",
        "https://" + "a" * 300 + ".ca",
        "https://a.ca/\u200b",
    ]
)


def form(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """Some of the fields, each as somebody might fill it in; all others as they are."""
    return st.fixed_dictionaries({}, optional=fields)


CLINIC = form(name=WORDS, phone=PHONES, email=MAILS)
PLACE = form(
    **dict.fromkeys(
        ("name", "slug", "street", "city", "province", "postal_code", "country"), WORDS
    ),
    **dict.fromkeys(("directions", "parking", "step_free", "note", "languages"), LINES),
    **dict.fromkeys(("latitude", "longitude", "position"), NUMBERS),
    phone=PHONES,
    email=MAILS,
    **{
        "hours-0-opens": CLOCKS,
        "hours-0-closes": CLOCKS,
        "hours-0-weekday": st.sampled_from("0167"),
    },
)
PERSON = form(
    **dict.fromkeys(("name", "slug", "title"), WORDS),
    **dict.fromkeys(("about", "training", "languages"), LINES),
    registration_url=LINKS,
    needling_authorised_on=DAYS,
    position=NUMBERS,
    **{
        "attendances-0-location": st.sampled_from(["1", "2", "3"]),
        "attendances-0-weekdays": st.sampled_from("0157"),
    },
)
PRICE = form(visit=WORDS, included=WORDS, minutes=NUMBERS, amount=NUMBERS, position=NUMBERS)
CLOSURE = form(starts_on=DAYS, ends_on=DAYS, reason=WORDS, location=st.sampled_from(["", "1", "2"]))
SENT = st.one_of(
    *(
        st.tuples(st.just(kind), st.sampled_from(ways), fields)
        for kind, ways, fields in (
            ("clinic", ("change",), CLINIC),
            ("location", ("add", "change"), PLACE),
            ("practitioner", ("add", "change"), PERSON),
            ("price", ("add", "change"), PRICE),
            ("closure", ("add",), CLOSURE),
        )
    )
)
USUAL: dict[str, dict[str, Any]] = {
    "clinic": {key: PLAIN[key] for key in ("name", "phone", "email")},
    "location": {
        **{key: MAIN[key] for key in ("name", "street", "city", "province", "postal_code")},
        **{"position": "0", "hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0"},
    },
    "practitioner": {
        **{"name": ANNA["name"], "title": ANNA["title"], "registration_url": ANNA["register"]},
        **{"position": "0", "attendances-TOTAL_FORMS": "1", "attendances-INITIAL_FORMS": "0"},
    },
    "price": {"visit": "A class", "amount": "20", "position": "5"},
    "closure": {"starts_on": "2026-12-24", "reason": "Winter"},
}


FIRST: dict[str, Callable[[], Any]] = {
    "clinic": Clinic.objects.get,
    "location": lambda: Location.objects.order_by("position")[0],
    "practitioner": Practitioner.objects.get,
    "price": lambda: Price.objects.order_by("position")[0],
}


class RowsAndFile(TestCase):
    """Each example begins with the same clinic, told by its file."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.place = tmp_path / "content"

    @given(sent=st.lists(SENT, min_size=1, max_size=3))
    @settings(max_examples=examples(6), deadline=None, phases=[Phase.explicit, Phase.generate])
    def test_what_staff_save_comes_back_from_the_file(
        self, sent: list[tuple[str, str, dict[str, str]]]
    ) -> None:
        self.enterContext(override_settings(CONTENT_DIR=self.place, SHIPPED_CONTENT_DIR=self.place))
        content = ContentFolder(self.place)
        told = PLAIN | {"locations": [MAIN, HARBOUR], "practitioners": [ANNA]}
        content.write("clinic.md", "Where.", layout="clinic", **told)
        assert not content.sync().failure
        self.client.force_login(User.objects.create_superuser("root"))
        for kind, way, fields in sent:
            row = FIRST[kind]() if way == "change" else None
            address = reverse(f"admin:clinic_{kind}_{way}", args=[row.pk] if row else [])
            assert self.client.post(address, USUAL[kind] | fields).status_code in (200, 302)
        exported = content.export()
        assert [*exported.faults, exported.failure] == [""]
        again = content.sync()
        assert again.faults == []
        assert "1 unchanged" in again.summary
        assert self.client.get("/clinic/").status_code == 200
