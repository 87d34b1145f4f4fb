"""What a request accepts: content codings with their weights, and what it already has.

RFC 9110, sections 12.5.3 (Accept-Encoding) and 13.1.2 (If-None-Match).
"""

from functools import lru_cache

CODINGS = ("br", "gzip", "identity")  # best first, where the request likes them equally


@lru_cache(maxsize=512)
def preferred_coding(accept_encoding: str) -> str | None:
    """The coding to answer with; None where the request accepts none that we have.

    >>> preferred_coding("gzip;q=0.5, br;q=0.8")
    'br'
    """
    weights = _weights(accept_encoding)
    if not weights:
        return "identity"
    others = weights.get("*")
    best, best_weight = None, 0.0
    for coding in CODINGS:
        default = others if others is not None else (0.001 if coding == "identity" else 0.0)
        weight = weights.get(coding, default)
        if weight > best_weight:
            best, best_weight = coding, weight
    return best


def _weights(accept_encoding: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found["gzip" if name == "x-gzip" else name] = _quality(parameters)
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def has_tag(if_none_match: str, etag: str) -> bool:
    """Whether the request already has this entity: weak comparison, `*` has everything."""
    if if_none_match.strip() == "*":
        return True
    bare = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == bare for tag in if_none_match.split(","))
