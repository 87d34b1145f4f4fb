"""Who may read the reasons: a monitor with the word that the operator chose, and the site's own check on this machine.

The own one is made of the signing key, so there is nothing to set up. Both come in the header Authorization, as
`Bearer …`: an address would stand in a proxy's log. Pure.
"""

from collections.abc import Iterable

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "clinic_site.operations.health"
SCHEME = "Bearer "


def own_token(secret_key: str) -> str:
    """What the site's own check says."""
    return salted_hmac(SALT, "reasons", secret=secret_key, algorithm="sha256").hexdigest()


def is_given(header: str, tokens: Iterable[str]) -> bool:
    """Whether the header Authorization carries one of these; an empty one is none."""
    if not header.startswith(SCHEME):
        return False
    said = header.removeprefix(SCHEME).strip()
    return any(constant_time_compare(said, token) for token in tokens if token)
