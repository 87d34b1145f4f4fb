"""How soon somebody who writes to us needs help, by their own words; and the rules for the script that looks on."""

from collections.abc import Mapping
from typing import Any

from clinic_site.emergency.levels import Level
from clinic_site.emergency.matching import levels_in
from clinic_site.emergency.rules import shipped_rules
from clinic_site.enquiries.form_values import Answers

LOOKED_AT = ("message", "name")  # the fields that take words of any kind


def levels_of(answers: Answers) -> tuple[Level, ...]:
    """Whom the patient should call, the most urgent first."""
    return levels_typed(vars(answers))


def levels_typed(fields: Mapping[str, Any]) -> tuple[Level, ...]:
    """The same by what was typed into the form, whether it can be kept or not."""
    return levels_in(*(fields.get(name, "") for name in LOOKED_AT))


def urgency_of(answers: Answers) -> int:
    """The highest of these levels as it is kept with an enquiry; 0 for none."""
    return max(levels_of(answers), default=0)


def everything_to_say() -> dict[str, Any]:
    """All levels with a card, and the rules that tell which is due: nothing about anybody."""
    return {"levels": sorted(Level, reverse=True), "rules": shipped_rules().as_json}
