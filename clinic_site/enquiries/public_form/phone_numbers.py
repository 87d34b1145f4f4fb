"""Phone numbers as people write them: spaces, brackets, extensions; Canadian unless they say otherwise."""

import re

import phonenumbers

from clinic_site.clinic.phone_numbers import HOME_REGION, NORTH_AMERICA, PhoneNumber
from clinic_site.typed_text import normalised

LONGEST = 60  # characters that are looked at
LONGEST_EXTENSION = 12
# "local 204" is how BC writes an extension, "poste 204" how Quebec does; the library knows only some of these words
_EXTENSION = re.compile(
    r"(?<=\d)[\s),;./(-]*(?:local|loc|lcl|poste|p|extension|extn|ext|ex|xt|x|#)"
    rf"[\s.:#=-]*(?:(?:no|nr|number)[\s.:]*)?([0-9]{{1,{LONGEST_EXTENSION}}})[\s).]*$",
    re.IGNORECASE,
)


class NotAPhoneNumber(ValueError):
    """It cannot be dialled: digits are missing or too many."""


def read_phone(typed: str) -> PhoneNumber:
    """The number in what was typed; NotAPhoneNumber otherwise.

    Numbers of other countries need only be possible, because new ranges come up before we learn of them.
    """
    if len(typed) > LONGEST:
        raise NotAPhoneNumber
    written = normalised("NFKC", typed)
    try:
        parsed = phonenumbers.parse(_EXTENSION.sub(r" ext. \1", written), HOME_REGION)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber from None
    is_ours = parsed.country_code == NORTH_AMERICA
    is_good = phonenumbers.is_valid_number if is_ours else phonenumbers.is_possible_number
    extension = parsed.extension or ""
    if not is_good(parsed) or len(extension) > LONGEST_EXTENSION:
        raise NotAPhoneNumber
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(number, extension)
