"""Whatever clinic.md says of people, places, prices and closures: it is taken in or told in lines, and stays whole."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.at_length import examples
from tests.clinic.whole_clinic import ANNA, BARTHOLOMEW, HARBOUR, MAIN, PLAIN
from tests.content_sync.folder import ContentFolder
from tests.content_sync.test_any_folder import ODD, VALUES

CLINIC: dict[str, Any] = PLAIN | {
    "locations": [MAIN, HARBOUR],
    "practitioners": [ANNA, BARTHOLOMEW],
    "closures": [
        {"from": "2026-12-24", "to": "2026-12-26", "reason": "Winter", "place": "Harbour"}
    ],
}
Step = str | int


def ways_into(value: Any, so_far: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    """Where something stands within the clinic: by keys and places of a list."""
    if isinstance(value, dict):
        inner = [way for key, one in value.items() for way in ways_into(one, (*so_far, key))]
    elif isinstance(value, list):
        inner = [way for n, one in enumerate(value) for way in ways_into(one, (*so_far, n))]
    else:
        inner = []
    return [*([so_far] if so_far else []), *inner]


def changed(told: dict[str, Any], way: tuple[Step, ...], value: Any) -> dict[str, Any]:
    """The clinic with something else there; as it is where that place is gone already."""
    clinic: Any = deepcopy(told)
    inner = clinic
    try:
        for step in way[:-1]:
            inner = inner[step]
        inner[way[-1]] = value
    except (KeyError, IndexError, TypeError):
        return told
    return dict(clinic)


MORE = st.sampled_from(
    [HARBOUR, ANNA, "Harbour", "Main Street", "main-street", "anna-lee", "First visit"]
    + ["1998-03-01", -90, 90.000001, 99_999.5, 1_441, 95.555, ["monday"], "a\u202eb", "image:1"]
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(ways_into(CLINIC)), ODD | MORE | VALUES), min_size=1, max_size=3
)


class AnyClinic(TestCase):
    """A site whose clinic is told by a file; then the file says something else."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        self.place, self.log = tmp_path / "content", caplog

    @given(changes=CHANGES)
    @settings(max_examples=examples(15), deadline=None, phases=[Phase.explicit, Phase.generate])
    def test_is_taken_in_or_told_in_lines(
        self, changes: list[tuple[tuple[Step, ...], object]]
    ) -> None:
        self.enterContext(override_settings(CONTENT_DIR=self.place, SHIPPED_CONTENT_DIR=self.place))
        content, told = ContentFolder(self.place), CLINIC
        content.write("clinic.md", "Where.", layout="clinic", **CLINIC)
        assert not content.sync().failure
        for way, value in changes:
            told = changed(told, way, value)
        content.write("clinic.md", "Where.", layout="clinic", **told)
        run = content.sync()
        assert bool(run.faults) == bool(run.failure)
        assert all(fault.startswith("content/clinic.md:") for fault in run.faults)
        assert "could not be taken in" not in self.log.text
        assert self.client.get("/clinic/").status_code == 200
        if not run.faults:
            assert content.export().failure == ""
            assert "1 unchanged" in content.sync().summary
