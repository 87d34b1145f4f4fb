"""Which addresses a link or an image may have."""

import re

_WEB = re.compile(r"https?://[^\s/?#\\@:]+(?::[0-9]+)?(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_CONTACT = re.compile(r"(?:mailto:[^\s/\\][^\s\\]*|tel:[+0-9][-+0-9().;=a-z]*)", re.IGNORECASE)
_OWN = re.compile(r"(?:/(?![/\\]|%5c)|#)[^\s\\]*", re.IGNORECASE)
_IMAGE = re.compile(r"image:[1-9][0-9]{0,8}")


def is_web(href: str) -> bool:
    """Whether the address leads to another site: http or https with a host."""
    return _WEB.fullmatch(href) is not None


def is_own(href: str) -> bool:
    """Whether the address stays on this site: /page/, /page/#place or #place."""
    return _OWN.fullmatch(href) is not None


def is_link(href: str) -> bool:
    """Whether a link may lead there: own, http, https, mailto or tel, and nothing else."""
    return is_own(href) or is_web(href) or _CONTACT.fullmatch(href) is not None


def is_uploaded_image(src: str) -> bool:
    """Whether the source names an uploaded image: image:12."""
    return _IMAGE.fullmatch(src) is not None


def is_image(src: str) -> bool:
    """Whether an image may come from there: an uploaded one, or a file of this site."""
    return is_uploaded_image(src) or (src.startswith("/") and is_own(src))
