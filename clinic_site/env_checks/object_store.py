"""What MEDIA_STORE_URL may say: the bucket that several machines keep their pictures in."""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from clinic_site.env_checks.values import need

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
FOLDER = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")
REGION = re.compile(r"[a-z0-9-]{1,40}")
OPTIONS = {"endpoint", "region"}
ADVICE = (
    "write s3://KEY:SECRET@bucket?region=ca-central-1, or s3://KEY:SECRET@bucket?endpoint=https://store.example.ca"
    " for a store that is not Amazon's; of a key, / is written %2F and + is written %2B"
)


def media_store(text: str) -> dict[str, Any]:
    """The options of django-storages' S3 storage; none where pictures lie on this machine's disk.

    Without a key, boto3 finds its own: a machine's role, or AWS_ACCESS_KEY_ID.
    """
    if not text:
        return {}
    try:
        parts = urlsplit(text)
        is_fit = _is_fit(parts)
        said = dict(
            parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        )
    except ValueError:
        raise ValueError(ADVICE) from None
    endpoint, region = said.get("endpoint"), said.get("region")
    if (
        not is_fit
        or not set(said) <= OPTIONS
        or not _is_endpoint(endpoint)
        or not _is_region(region)
    ):
        raise ValueError(ADVICE)
    need("boto3", "A store for pictures")
    where = {"bucket_name": parts.hostname, "location": parts.path.strip("/")}
    return where | {"endpoint_url": endpoint, "region_name": region} | _keys(parts)


def _keys(parts: SplitResult) -> dict[str, Any]:
    if not parts.username:
        return {}
    # Else a token from the environment, which belongs to another key, would go with this one.
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password or ""),
        "security_token": None,
    }


def _is_fit(parts: SplitResult) -> bool:
    is_bucket = parts.scheme == "s3" and BUCKET.fullmatch(parts.hostname or "") and not parts.port
    has_keys = bool(parts.username) == bool(parts.password)
    return bool(is_bucket and has_keys and FOLDER.fullmatch(parts.path) and not parts.fragment)


def _is_endpoint(text: str | None) -> bool:
    if text is None:
        return True
    parts = urlsplit(text)
    is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in parts.netloc)
    return (
        parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and is_bare
    )


def _is_region(text: str | None) -> bool:
    return text is None or bool(REGION.fullmatch(text))
