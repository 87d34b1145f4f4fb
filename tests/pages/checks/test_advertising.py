"""Free prose that reads like advertising: advice, learnt from lists of sentences."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinic_site.pages.checks.advertising import SHIPPED, advertising_in, read_weights
from clinic_site.pages.checks.claims import claims_in, doubtful_in
from clinic_site.pages.checks.learning import Example, learn, written
from clinic_site.pages.checks.tokens import tokens_of

CLAIMS = (
    "Our needles set you free.",
    "Our care sets knees free.",
    "We set shoulders free, and how!",
)
CAREFUL = ("Needles are used once.", "You may rest after care.", "Knees may stay sore.")
EXAMPLES = [Example(text, text in CLAIMS) for text in (*CLAIMS, *CAREFUL)]
PROSE = "Dry needling gets straight to the knot and lets go of years of tension."


def test_it_is_advice_with_the_words_that_say_so() -> None:
    (advice,) = doubtful_in({"body": PROSE})
    assert (advice.rule, advice.line) == ("reads like advertising", 1)
    assert advice.words
    assert advice.words in PROSE.casefold()
    assert advice.instead in advice.message(PROSE)


def test_it_keeps_nothing_from_going_live() -> None:
    assert claims_in({"body": PROSE}) == []


def test_what_a_rule_has_found_is_not_told_twice() -> None:
    words = {"body": "Say goodbye to pain: needling cures it for good."}
    assert claims_in(words)
    assert [one.rule for one in doubtful_in(words)].count("reads like advertising") == 0


@pytest.mark.parametrize("text", ["", "Relief", "Sore?", "Fast relief"])
def test_a_label_says_too_little(text: str) -> None:
    assert advertising_in(tokens_of(text)) == ""


def test_a_claim_within_a_long_sentence_is_heard() -> None:
    careful = "after a visit you may be sore for a day or two and a small bruise is common"
    assert advertising_in(tokens_of(f"{careful}.")) == ""
    sold = f"{careful}, but our amazing team gets you back to the sports you love, {careful}."
    assert "love" in advertising_in(tokens_of(sold)) or "amazing" in advertising_in(tokens_of(sold))


def test_examples_teach_other_sentences_of_their_kind() -> None:
    weights = learn(EXAMPLES)
    assert advertising_in(tokens_of("Our needles set hips free."), weights)
    assert not advertising_in(tokens_of("You may stay sore."), weights)


def test_the_same_examples_make_the_same_file_and_it_is_read_as_written() -> None:
    text = written(learn(EXAMPLES), ["A remark."])
    assert written(learn(EXAMPLES), ["A remark."]) == text
    assert written(read_weights(text), ["A remark."]) == text


def test_the_command_weighs_the_lists_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a_claims.txt").write_text("found\tGargling moonlight wins.\n", encoding="utf-8")
    (tmp_path / "a_harmless.txt").write_text("Rest.\n", encoding="utf-8")
    (tmp_path / "unlearnt_claims.txt").write_text("found\tZebras win.\n", encoding="utf-8")
    to = tmp_path / "weights.tsv"
    call_command("learn_advertising", str(tmp_path), to=to)
    weights = read_weights(to.read_text(encoding="utf-8"))
    assert weights.of["moonlight"] > 0
    assert "zebra" not in weights.of


def test_a_folder_without_both_kinds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.txt").write_text("We win.\n", encoding="utf-8")
    before = SHIPPED.read_bytes()
    with pytest.raises(CommandError, match="lists of harmless sentences"):
        call_command("learn_advertising", str(tmp_path))
    assert SHIPPED.read_bytes() == before
