"""Two or three versions of a page, field by field."""

from clinic_site.pages.diff.field_diff import changes, choices, take
from tests.pages.writing import WORDS


def test_only_the_fields_that_differ_are_listed():
    found = changes(WORDS, {**WORDS, "title": "After", "details": {"areas": ["back"]}})
    assert [change.label for change in found] == ["Title", "Areas"]


def test_a_field_left_empty_on_both_sides_is_no_change():
    assert changes({**WORDS, "details": {}}, {**WORDS, "details": {"topic": ""}}) == []


def test_what_only_they_changed_is_suggested_from_them():
    (one,) = choices(base=WORDS, theirs={**WORDS, "title": "Theirs"}, mine=WORDS)
    assert (one.name, one.suggested) == ("title", "theirs")


def test_what_only_i_changed_is_suggested_from_me():
    (one,) = choices(base=WORDS, theirs=WORDS, mine={**WORDS, "title": "Mine"})
    assert one.suggested == "mine"


def test_where_both_changed_the_same_words_nothing_is_suggested():
    (one,) = choices(base=WORDS, theirs={**WORDS, "title": "A"}, mine={**WORDS, "title": "B"})
    assert (one.suggested, one.both) == ("", None)


def test_changes_in_different_paragraphs_can_be_taken_together():
    theirs = {**WORDS, "body": WORDS["body"].replace("Rest.", "Rest well.")}
    mine = {**WORDS, "body": WORDS["body"].replace("water", "tea")}
    taken = take(base=WORDS, theirs=theirs, mine=mine, taken={"body": "both"})
    assert taken["body"] == "Rest well.\n\n## Drink\n\nDrink tea.\n"


def test_each_field_is_taken_from_the_side_that_was_chosen():
    theirs = {**WORDS, "title": "Theirs", "details": {"topic": "a"}}
    mine = {**WORDS, "title": "Mine", "details": {"topic": "b"}}
    taken = take(base=WORDS, theirs=theirs, mine=mine, taken={"details.topic": "theirs"})
    assert (taken["title"], taken["details"]) == ("Mine", {"topic": "a"})
