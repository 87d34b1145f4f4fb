"""The pure three-way merge."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.content_sync.merge.three_way_merge import Clash, changed, is_same, merge

NAMES = st.sampled_from(["title", "body", "health", "details.areas"])
VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "a", "b"])
FIELDS = st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=2))


@pytest.mark.parametrize(
    ("base", "file", "mine", "merged"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        (None, "b", None, "b"),
        ("a", None, "a", None),
        ("a", "a", None, None),
    ],
)
def test_takes_what_only_one_side_changed(base: Any, file: Any, mine: Any, merged: Any) -> None:
    result = merge(base={"x": base}, file={"x": file}, mine={"x": mine})
    assert result.fields.get("x") == merged
    assert not result.clashes


def test_staff_words_stay_where_both_changed_differently() -> None:
    result = merge(base={"x": "a"}, file={"x": "b"}, mine={"x": "c"})
    assert result.fields == {"x": "c"}
    assert result.clashes == {"x": Clash("a", "b", "c")}


def test_deleting_what_the_other_side_changed_is_a_clash() -> None:
    assert merge(base={"x": "a"}, file={}, mine={"x": "c"}).clashes == {"x": Clash("a", None, "c")}
    assert merge(base={"x": "a"}, file={"x": "c"}, mine={}).clashes == {"x": Clash("a", "c", None)}


@pytest.mark.parametrize(
    ("one", "other"),
    [(True, 1), (False, 0), ([True], [1]), ({"a": 0}, {"a": False}), ([1], [1, 2]), ({}, {"a": 1})],
)
def test_tells_yes_from_one(one: Any, other: Any) -> None:
    assert not is_same(one, other)


@given(FIELDS, FIELDS, FIELDS)
def test_every_change_is_merged_or_clashes(
    base: dict[str, Any], file: dict[str, Any], mine: dict[str, Any]
) -> None:
    result = merge(base=base, file=file, mine=mine)
    for name in {*base, *file, *mine}:
        clash = result.clashes.get(name)
        if not is_same(file.get(name), base.get(name)):
            told = clash.file if clash else result.fields.get(name)
            assert is_same(told, file.get(name))
        if not is_same(mine.get(name), base.get(name)):
            assert is_same(result.fields.get(name), mine.get(name))


@given(FIELDS, FIELDS, FIELDS)
def test_merging_again_changes_nothing(
    base: dict[str, Any], file: dict[str, Any], mine: dict[str, Any]
) -> None:
    first = merge(base=base, file=file, mine=mine)
    kept = {**file, **{name: clash.base for name, clash in first.clashes.items()}}
    again = merge(base=kept, file=file, mine=first.fields)
    assert not changed(first.fields, again.fields)
    assert again.clashes.keys() == first.clashes.keys()


@given(FIELDS, FIELDS, FIELDS)
def test_the_sides_can_change_places_where_nothing_clashes(
    base: dict[str, Any], file: dict[str, Any], mine: dict[str, Any]
) -> None:
    one = merge(base=base, file=file, mine=mine)
    other = merge(base=base, file=mine, mine=file)
    assert one.clashes.keys() == other.clashes.keys()
    assert {*changed(one.fields, other.fields)} <= one.clashes.keys()
