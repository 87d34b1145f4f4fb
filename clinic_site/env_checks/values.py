"""What each environment variable may say: text in, value out; ValueError carries what to write instead."""

import ipaddress
import re
from collections.abc import Callable
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# Django's own, but for what becomes of a connection after trouble
BACKENDS = "clinic_site.databases"
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


def yes_or_no(text: str) -> bool:
    """True or False from 1/0, true/false, yes/no, on/off in any case."""
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise ValueError(f"write 1 for yes or 0 for no, not “{text}”")


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A check for a whole number between the two, both included."""

    def check(text: str) -> int:
        if text.isascii() and text.isdigit() and low <= int(text) <= high:
            return int(text)
        raise ValueError(f"write a whole number from {low} to {high}, not “{text}”")

    return check


def signing_key(folder: Path, *, is_shared: bool) -> Callable[[str], str]:
    """A check for the signing key, or nothing when it is to be made in `folder`.

    Where it `is_shared`, none is made: a machine refuses the forms and links that one with another key gave out.
    """
    new = "write 50 random characters or more, such as openssl rand -base64 48 gives"

    def check(text: str) -> str:
        if text and len(text) < 50:
            raise ValueError(f"{new}, or leave it out to have one made in DATA_DIR")
        if not text and is_shared:
            kept = folder / "secret_key"
            what = f"write the key that is in {kept}" if kept.exists() else new
            raise ValueError(
                f"{what}: a site on a database server may run on several machines, and all need the same one"
            )
        return text

    return check


def indexnow_key(text: str) -> str:
    """The key by which search engines know the site, or nothing to tell them nothing."""
    if text and not re.fullmatch(r"[a-zA-Z0-9-]{8,128}", text):
        raise ValueError(
            "write 8 to 128 letters, digits and hyphens, such as openssl rand -hex 16 gives"
        )
    return text


def ip_address(text: str) -> str:
    """One IPv4 or IPv6 address to listen on."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError(
            f"write the address to listen on, such as 127.0.0.1 or 0.0.0.0, not “{text}”"
        ) from None


def networks(text: str) -> str:
    """Addresses or networks, comma-separated, in canonical spelling; * stands for all."""
    try:
        parts = [part.strip() for part in text.split(",")]
        return ",".join("*" if part == "*" else str(ipaddress.ip_network(part)) for part in parts)
    except ValueError:
        raise ValueError(
            f"write the addresses of the reverse proxy, such as 127.0.0.1,10.0.0.0/8, not “{text}”"
        ) from None


def site_url(text: str) -> str:
    """scheme://host[:port] without a trailing slash; the usual port of its scheme is left out."""
    advice = (
        f"write the public address without a path, such as https://www.example.ca, not “{text}”"
    )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(advice) from None
    host = parts.hostname or ""
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in ("http", "https") or not _is_host_name(host) or not bare:
        raise ValueError(advice)
    bracketed = f"[{host}]" if ":" in host else host
    is_usual = port in (None, 443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{bracketed}" + ("" if is_usual else f":{port}")


def _is_host_name(text: str) -> bool:
    return bool(text) and text.isascii() and all(c.isalnum() or c in ".-:" for c in text)


def host_names(text: str) -> list[str]:
    """Host names, comma-separated, as a list."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not _is_host_name(name.strip("[]")):
            raise ValueError(
                f"write host names with commas between them, such as example.ca,www.example.ca, not “{name}”"
            )
    return names


def mail_domain(host: str) -> str:
    """The domain to send mail from when only the site's host is known."""
    return host.removeprefix("www.") if "." in host and not host[-1].isdigit() else "localhost"


def sender(text: str) -> str:
    """A bare address, or a name with the address in angle brackets."""
    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        raise ValueError(
            f"write an e-mail address, such as clinic@example.ca, not “{text}”"
        ) from None
    return text


def database(folder: Path) -> Callable[[str], dict[str, Any]]:
    """A check for the database's address, as Django's settings want it; without one, SQLite in `folder`."""
    advice = "write sqlite:////folder/db.sqlite3 or postgres://user:password@host:5432/name"

    def check(text: str) -> dict[str, Any]:
        scheme = text.partition(":")[0]
        if not text:
            return {"ENGINE": f"{BACKENDS}.sqlite3", "NAME": str(folder / "db.sqlite3")}
        if scheme not in ("sqlite", "postgres", "postgresql"):
            raise ValueError(advice)
        try:
            engine = f"{BACKENDS}.{'sqlite3' if scheme == 'sqlite' else 'postgresql'}"
            config = environ.Env.db_url_config(text, engine=engine)
        except (ValueError, ImproperlyConfigured):
            raise ValueError(advice) from None
        if config["NAME"] in ("", ":memory:"):
            raise ValueError(advice)
        if scheme != "sqlite":
            need("psycopg", "PostgreSQL")
        return dict(config)

    return check


def cache(text: str) -> dict[str, Any]:
    """The cache as Django's settings want it: one per process, or one shared through Redis or Valkey."""
    if text.partition(":")[0] not in ("locmemcache", "redis", "rediss"):
        raise ValueError("write redis://host:6379/0 (Redis or Valkey), or leave it out")
    if text.startswith("redis"):
        need("redis", "Redis or Valkey")
    return dict(environ.Env.cache_url_config(text))


def email(text: str) -> dict[str, Any]:
    """The mail server as Django's EMAIL_ settings; without one, mail is kept as files."""
    advice = "write smtp+tls://user:password@host:587, or leave it out to keep mail as files in DATA_DIR/mail"
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 587, "smtp+ssl": 465}
    scheme = text.partition(":")[0]
    if not text:
        return {"EMAIL_BACKEND": "clinic_site.outbox.mail_files.EmailBackend"}
    if scheme not in (*ports, "consolemail"):
        raise ValueError(advice)
    try:
        config = dict(environ.Env.email_url_config(text))
    except (ValueError, ImproperlyConfigured):
        raise ValueError(advice) from None
    if scheme in ports and not config["EMAIL_HOST"]:
        raise ValueError(advice)
    config["EMAIL_PORT"] = config["EMAIL_PORT"] or ports.get(scheme)
    return config


def second_email(text: str) -> dict[str, Any]:
    """A second mail server, for the alarm alone; or nothing."""
    return email(text) if text else {}


def address(text: str) -> str:
    """One bare address, or nothing."""
    return sender(text) if text else ""


def need(module: str, what: str) -> None:
    """ValueError with what to install, unless the module is there."""
    if find_spec(module) is None:
        raise ValueError(f"{what} needs more packages: run make services and start again")
