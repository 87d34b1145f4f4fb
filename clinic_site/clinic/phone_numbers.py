"""The clinic's phone number: as it is typed and shown, and as it is dialled (E.164; links by RFC 3966). Pure.

A number is read whole or refused with a sentence: what is only nearly a number would dial somebody else.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

HOME_REGION = "CA"
NORTH_AMERICA = 1
LONGEST = 30  # characters, as the column has them
FEWEST_LETTERS = 4  # 1-800-GOFEDEX is a word on the keys; 604-555-O1O3 is a number mistyped
LOCAL, NATIONAL = 7, 10  # digits in North America, without and with the area code
LIKE = "like 604-555-0123, or 604-555-0123 ext. 5"

_UNSEEN = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_EXTENSION = re.compile(
    r"[\s,;(]*(?:\b(?:extension|extn?|local|loc|poste)\b[.:]?|(?<![a-z])x|;ext=|#)\s*(\d{1,7})\)?\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[/,;&|]|\b(?:or|and)\b", re.IGNORECASE)
_SIGNS = re.compile(r"\+?[0-9A-Z ().-]+", re.IGNORECASE | re.ASCII)
_WORD = re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?[0-9A-Z .-]+", re.IGNORECASE | re.ASCII)


class NotAPhoneNumber(ValueError):
    """It cannot be dialled; the message says what is wrong and what to write."""


@dataclass(frozen=True)
class PhoneNumber:
    """`number` in E.164 (+16045550142), `extension` as digits."""

    number: str
    extension: str = ""

    @property
    def link(self) -> str:
        """As a link's address, https://www.rfc-editor.org/rfc/rfc3966: tel:+16045550142;ext=5."""
        return f"tel:{self.number}" + (f";ext={self.extension}" if self.extension else "")

    @property
    def international(self) -> str:
        """As somebody abroad reads it: +1 604-555-0142 ext. 5."""
        style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        text = phonenumbers.format_number(phonenumbers.parse(self.number), style)
        return f"{text} ext. {self.extension}" if self.extension else text


def tidy_phone(typed: str) -> str:
    """What was typed or copied, as it is kept and shown: one line, plain dashes, no signs that nobody sees."""
    return " ".join(_DASHES.sub("-", _UNSEEN.sub("", typed)).split())


@lru_cache(maxsize=16)
def read_clinic_phone(typed: str) -> PhoneNumber:
    """The number that patients dial; NotAPhoneNumber with a sentence for anything that is not exactly one."""
    text = tidy_phone(typed[: LONGEST * 4])
    if not text:
        raise NotAPhoneNumber(f"write the number that patients call, {LIKE}")
    if len(text) > LONGEST:
        raise NotAPhoneNumber(f"is longer than {LONGEST} characters; write one number, {LIKE}")
    extension = _EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    _require_one(main)
    parsed = _parsed(main)
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(number, extension[1] if extension else "")


def phone_link(typed: str) -> str:
    """The clinic's number as a link's address; "" where it cannot be dialled, and is text only."""
    try:
        return read_clinic_phone(typed).link
    except NotAPhoneNumber:
        return ""


def international_phone(typed: str) -> str:
    """The clinic's number for readers of data, +1 604-555-0142; as typed where it cannot be dialled."""
    try:
        return read_clinic_phone(typed).international
    except NotAPhoneNumber:
        return typed


def _require_one(main: str) -> None:
    """Refuse what holds other signs than one number has, or more than one number."""
    digits = [len(re.sub(r"\D", "", part)) for part in _BETWEEN.split(main)]
    if sum(count >= LOCAL - 3 for count in digits) > 1 or sum(digits) > 15:  # 15: the most of E.164
        raise NotAPhoneNumber(f"“{main}” is more than one number; write one, {LIKE}")
    if not _SIGNS.fullmatch(main):
        raise NotAPhoneNumber(f"“{main}” is not a phone number; write digits, {LIKE}")


def _parsed(main: str) -> phonenumbers.PhoneNumber:
    digits = _digits_of(main)
    try:
        parsed = phonenumbers.parse(digits, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber(f"“{main}” is not a phone number; write one {LIKE}") from None
    if _is_dialable(parsed):
        return parsed
    if len(re.sub(r"\D", "", digits)) == LOCAL:
        raise NotAPhoneNumber(f"“{main}” has no area code; write all ten digits, {LIKE}")
    raise NotAPhoneNumber(
        f"nobody can be reached at “{main}”: look at its digits, and write all ten of them, {LIKE}"
    )


def _digits_of(main: str) -> str:
    """With the letters of a word as the keys that they stand on."""
    letters = sum(sign.isalpha() for sign in main)
    if not letters:
        return main
    digits = sum(sign.isdigit() for sign in main)
    if letters < FEWEST_LETTERS or digits >= NATIONAL or not _WORD.fullmatch(main):
        raise NotAPhoneNumber(f"“{main}” has letters in it; write digits, {LIKE}")
    return phonenumbers.convert_alpha_characters_in_number(main)


def _is_dialable(parsed: phonenumbers.PhoneNumber) -> bool:
    """In North America in use, or kept for samples (555-0100 to 555-0199); elsewhere possible, as ranges change."""
    if parsed.country_code != NORTH_AMERICA:
        return phonenumbers.is_possible_number(parsed)
    national = str(parsed.national_number)
    is_sample = re.fullmatch(r"[2-9]\d\d55501\d\d", national) is not None
    return is_sample or phonenumbers.is_valid_number(parsed)
