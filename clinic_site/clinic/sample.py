"""Whether a clinic is a real one, or still the sample that comes with the code. Pure."""

import re

SAMPLE_NAME = "IMS Dry Needling BC"
SAMPLE_STREET = "100 Sample Street"
# 555-0100 to 555-0199 are kept for fiction in North America: nobody can be called there.
_FICTION = re.compile(r"55501\d\d\Z")
_EXTENSION = re.compile(r"(?:ext|x|#).*", re.IGNORECASE | re.DOTALL)


def is_sample(*, name: str, phone: str) -> bool:
    """Whether the name is the sample's, or the phone number a made-up one."""
    return has_sample_name(name) or is_made_up(phone)


def has_sample_name(name: str) -> bool:
    """Whether the name is the one that comes with the code."""
    return name.strip() == SAMPLE_NAME


def is_made_up(phone: str) -> bool:
    """Whether the number, however it is written, is one of those that nobody can have."""
    digits = "".join(sign for sign in _EXTENSION.sub("", phone) if sign.isdigit())
    return bool(_FICTION.search(digits))
