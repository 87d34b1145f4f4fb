"""The client's IP address, seen through our own proxies (X-Forwarded-For, as far as FORWARDED_ALLOW_IPS trusts it)."""

import ipaddress
from collections.abc import Mapping

from django.conf import settings


def client_address(meta: Mapping[str, str]) -> str:
    """The nearest address that is no proxy of ours; for IPv6 its /64, which is one household's. "" if unknown.

    `meta` is the request's META.
    """
    chain = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    nearest = meta.get("REMOTE_ADDR", "")
    while chain and _is_ours(nearest):
        nearest = chain.pop() or nearest
    address = _parse(nearest)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address) if address else ""


def _is_ours(text: str) -> bool:
    if settings.FORWARDED_ALLOW_IPS.strip() == "*" or not text:
        return True
    address = _parse(text)
    networks = [part.strip() for part in settings.FORWARDED_ALLOW_IPS.split(",") if part.strip()]
    return address is not None and any(
        address in ipaddress.ip_network(network, strict=False) for network in networks
    )


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
