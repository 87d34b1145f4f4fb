"""Finding enquiries by what a person at the desk hears or reads: a name, a phone number, an address, a reference."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Q

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.public_form.phone_numbers import NotAPhoneNumber, read_phone
from clinic_site.enquiries.querysets import EnquiryQuerySet
from clinic_site.enquiries.submission.reference import may_mean
from clinic_site.typed_text import cut_typed, normalised

LEAST_DIGITS, LEAST_SIGNS = 4, 4
LONGEST = 254  # characters: an e-mail address
# Letters that are one sign in Unicode too, and what a keyboard here offers for them; apostrophes of any kind go
PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
    | dict.fromkeys("'’‘‛ʼʻ`´′＇", "")
)


def found(typed: str) -> EnquiryQuerySet:
    """The enquiries that what was typed may mean, the newest first; none for nothing."""
    wanted = cut_typed(typed, longest=LONGEST)
    if not wanted:
        return Enquiry.objects.none()
    either = _reference(wanted) | _phone(wanted) | _email(wanted) | Q(pk__in=_named(wanted))
    return Enquiry.objects.filter(either).distinct().latest_first()


def of_person(typed: str) -> EnquiryQuerySet:
    """Every enquiry with words that carries this very phone number or e-mail address, also in a change of it."""
    wanted = cut_typed(typed, longest=LONGEST)
    if "@" in wanted:
        which = Q(email__iexact=wanted) | Q(amendments__answers__email__iexact=wanted)
    else:
        try:
            number = read_phone(wanted).number
        except NotAPhoneNumber:
            return Enquiry.objects.none()
        which = Q(phone=number) | Q(amendments__answers__phone=number)
    return Enquiry.objects.with_words().filter(which).distinct().latest_first()


def folded(text: str) -> str:
    """A name as one types it in a hurry: plain small letters, words apart by spaces, O'Neil as "oneil"."""
    split = normalised("NFKD", text).casefold().translate(PLAIN)
    kept = (" " if unicodedata.category(sign) == "Pd" else sign for sign in split)
    return "".join(sign for sign in kept if not unicodedata.combining(sign))


def is_named(wanted: str, name: str) -> bool:
    """Whether every word that was typed is in the name, written as one word or as several."""
    apart = folded(name)
    joined = "".join(apart.split())
    words = folded(wanted).split()
    return bool(words) and all(word in apart or word in joined for word in words)


def _reference(wanted: str) -> Q:
    signs = [sign for sign in wanted.upper() if sign.isalnum()]
    strange = set(re.sub(r"[\w\s.-]", "", wanted))
    if len(signs) < LEAST_SIGNS or len(signs) > 8 or strange:
        return Q(pk__in=[])
    each = [f"[{''.join(sorted({*may_mean(sign)}))}]" for sign in signs]
    pattern = "^" + "".join(each[:4]) + "-" + "".join(each[4:])
    return Q(reference__regex=pattern) if all(map(may_mean, signs)) else Q(pk__in=[])


def _phone(wanted: str) -> Q:
    if re.search(r"[^\d\s().+/\-–ext#,]", wanted.casefold()):
        return Q(pk__in=[])
    try:
        part = read_phone(wanted).number
    except NotAPhoneNumber:
        part = re.sub(r"\D", "", wanted)
        if len(part) < LEAST_DIGITS:
            return Q(pk__in=[])
    return Q(phone__contains=part) | Q(amendments__answers__phone__icontains=part)


def _email(wanted: str) -> Q:
    if "@" not in wanted:
        return Q(pk__in=[])
    return Q(email__icontains=wanted) | Q(amendments__answers__email__icontains=wanted)


def _named(wanted: str) -> Iterable[int]:
    kept = Enquiry.objects.with_words()
    names = [
        *kept.values_list("pk", "name"),
        *kept.values_list("pk", "amendments__answers__name"),
    ]
    return {pk for pk, name in names if name and is_named(wanted, name)}
