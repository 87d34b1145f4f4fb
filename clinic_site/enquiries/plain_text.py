"""Typed text made tidy, and signs that have no place in it: they could forge a mail header or turn a name around."""

import unicodedata

LINE_SIGNS = "\n\t"
# Bidirectional embeddings, overrides and isolates: they make text read otherwise than it is written
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Marks that some keyboards and copied names carry along, without harm or meaning here
SILENT = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff\u200b"))
REFUSED_KINDS = ("Cc", "Cs", "Zl", "Zp")
UNREADABLE = "\ufffd"  # stands for bytes that are not UTF-8, and for NUL


def tidy_line(text: str) -> str:
    """One line: composed signs, single spaces, none at the ends. Control characters stay, to be refused."""
    composed = unicodedata.normalize("NFC", text).translate(SILENT)
    return " ".join(part for part in composed.strip(" ").split(" ") if part)


def tidy_text(text: str) -> str:
    """Several lines with LF ends, none empty at the ends."""
    return unicodedata.normalize("NFC", text).translate(SILENT).replace("\r\n", "\n").strip()


def has_refused_signs(text: str, *, allowed: str = "") -> bool:
    """Whether a control, turning or unreadable sign is in the text; `allowed` signs pass."""
    return any(
        sign not in allowed
        and (sign in TURNING or sign == UNREADABLE or unicodedata.category(sign) in REFUSED_KINDS)
        for sign in text
    )
