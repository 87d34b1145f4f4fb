"""Phone numbers as people write them: spaces, brackets, extensions; Canadian unless they say otherwise."""

from dataclasses import dataclass

import phonenumbers

HOME_REGION = "CA"
NORTH_AMERICA = 1


class NotAPhoneNumber(ValueError):
    """It cannot be dialled: digits are missing or too many."""


@dataclass(frozen=True)
class PhoneNumber:
    """`number` in E.164 (+16045550142), `extension` as digits."""

    number: str
    extension: str = ""


def read_phone(typed: str) -> PhoneNumber:
    """The number in what was typed; NotAPhoneNumber otherwise.

    Numbers of other countries need only be possible, because new ranges come up before we learn of them.
    """
    try:
        parsed = phonenumbers.parse(typed, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber from None
    is_ours = parsed.country_code == NORTH_AMERICA
    is_good = phonenumbers.is_valid_number if is_ours else phonenumbers.is_possible_number
    if not is_good(parsed):
        raise NotAPhoneNumber
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(number, parsed.extension or "")
