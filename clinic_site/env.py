"""The environment, read once: every variable the site honours, each checked, with one plain sentence for a bad value.

`read(variables)` gives one frozen `Environment`. A value that cannot be used ends the program with
`SystemExit(sentence)`: it goes to stderr, the exit code is 1 and there is no traceback, whichever program asked.
What may hold a password (SECRET_KEY, DATABASE_URL, EMAIL_URL, CACHE_URL, MEDIA_STORE_URL) is never repeated back.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from clinic_site.env_checks import folders, object_store, operations, values

BASE_DIR = Path(__file__).resolve().parent.parent
T = TypeVar("T")


@dataclass(frozen=True)
class Listening:
    """Where the site answers: on this machine, and for the public."""

    bind: str
    port: int
    site_url: str


@dataclass(frozen=True)
class Environment:
    """Everything the site takes from outside, checked and in the types that settings.py needs."""

    debug: bool
    data_dir: Path
    public_dir: Path
    backup_dir: Path
    backup_keep: tuple[int, int, int]
    backup_nightly: bool
    backup_recipient: str
    health_token: str
    heartbeat_url: str
    alarm_email: dict[str, Any]
    alarm_to: str
    log_json: bool
    content_dir: Path
    content_sync: bool
    secret_key: str
    bind: str
    port: int
    workers: int
    forwarded_allow_ips: str
    site_url: str
    site_indexable: bool
    offline_pages: bool
    allowed_hosts: list[str]
    database: dict[str, Any]
    cache: dict[str, Any]
    media_store: dict[str, Any]
    email: dict[str, Any]
    default_from_email: str
    indexnow_key: str
    enquiry_retention_months: int
    enquiry_retention_spam_days: int
    second_factor_required: bool

    @property
    def site_host(self) -> str:
        """The host name of the public address."""
        return urlsplit(self.site_url).hostname or ""

    @property
    def is_https(self) -> bool:
        """Whether the public address promises an encrypted connection."""
        return self.site_url.startswith("https:")


ADDRESSES = {"alarm_email", "cache", "database", "email", "media_store"}  # each from NAME_URL
VARIABLES = tuple(
    f"{name}_URL".upper() if name in ADDRESSES else name.upper()
    for name in Environment.__dataclass_fields__
)


def read(variables: Mapping[str, str]) -> Environment:
    """The checked environment; ends the program with one sentence at the first value that cannot be used."""
    number = values.whole_number
    folder = data_dir(variables.get("DATA_DIR") or str(BASE_DIR / "var"))

    def value(name: str, default: str, check: Callable[[str], T]) -> T:
        return _value(variables, name, default, check)

    return Environment(
        **_address(variables),
        debug=value("DEBUG", "0", values.yes_or_no),
        data_dir=folder,
        public_dir=value("PUBLIC_DIR", str(folder / "public"), folders.public_dir(folder)),
        content_dir=value("CONTENT_DIR", str(BASE_DIR / "content"), folders.for_words(folder)),
        content_sync=value("CONTENT_SYNC", "1", values.yes_or_no),
        **_operations(variables, folder),
        **_shared(variables, folder),
        workers=value("WORKERS", "2", number(1, 64)),
        forwarded_allow_ips=value("FORWARDED_ALLOW_IPS", "127.0.0.1,::1", values.networks),
        site_indexable=value("SITE_INDEXABLE", "1", values.yes_or_no),
        offline_pages=value("OFFLINE_PAGES", "1", values.yes_or_no),
        allowed_hosts=value("ALLOWED_HOSTS", "", values.host_names),
        email=value("EMAIL_URL", "", values.email),
        indexnow_key=value("INDEXNOW_KEY", "", values.indexnow_key),
        enquiry_retention_months=value("ENQUIRY_RETENTION_MONTHS", "12", number(1, 120)),
        enquiry_retention_spam_days=value("ENQUIRY_RETENTION_SPAM_DAYS", "30", number(1, 365)),
    )


def _address(variables: Mapping[str, str]) -> dict[str, Any]:
    """Where the site is; when nothing else is said, who its mail is from, and that https asks for a second factor."""
    where = listening(variables)
    sender = f"website@{values.mail_domain(urlsplit(where.site_url).hostname or '')}"
    mail_from = _value(variables, "DEFAULT_FROM_EMAIL", sender, values.sender)
    default = "1" if where.site_url.startswith("https:") else "0"
    is_required = _value(variables, "SECOND_FACTOR_REQUIRED", default, values.yes_or_no)
    return {
        **asdict(where),
        "default_from_email": mail_from,
        "second_factor_required": is_required,
    }


def _shared(variables: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """What the machines of one site have in common: database, cache, pictures, and the key that signs for all."""
    database = _value(variables, "DATABASE_URL", "", values.database(folder))
    is_server = not database["ENGINE"].endswith("sqlite3")
    check = values.signing_key(folder, is_shared=is_server)
    return {
        "database": database,
        "secret_key": _value(variables, "SECRET_KEY", "", check) or secret_key(folder),
        "cache": _value(variables, "CACHE_URL", "locmemcache://", values.cache),
        "media_store": _value(variables, "MEDIA_STORE_URL", "", object_store.media_store),
    }


def _operations(variables: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """What whoever runs the site decides: backups, watching."""

    def value(name: str, default: str, check: Callable[[str], T]) -> T:
        return _value(variables, name, default, check)

    return {
        "backup_dir": value("BACKUP_DIR", str(folder / "backups"), folders.for_backups(folder)),
        "backup_keep": value("BACKUP_KEEP", "7/4/12", operations.backup_keep),
        "backup_nightly": value("BACKUP_NIGHTLY", "1", values.yes_or_no),
        "backup_recipient": value("BACKUP_RECIPIENT", "", operations.backup_recipient),
        "heartbeat_url": value("HEARTBEAT_URL", "", operations.heartbeat_url),
        "alarm_email": value("ALARM_EMAIL_URL", "", values.second_email),
        "alarm_to": value("ALARM_TO", "", values.address),
        "log_json": value("LOG_JSON", "0", values.yes_or_no),
        "health_token": value("HEALTH_TOKEN", "", operations.health_token),
    }


def listening(variables: Mapping[str, str]) -> Listening:
    """Where the site answers; nothing is written or made for it."""
    port = _value(variables, "PORT", "8000", values.whole_number(1, 65535))
    return Listening(
        bind=_value(variables, "BIND", "127.0.0.1", values.ip_address),
        port=port,
        site_url=_value(variables, "SITE_URL", f"http://localhost:{port}", values.site_url),
    )


def data_dir(given: str) -> Path:
    """The folder that holds everything the site writes, made when missing (mode 0700) and tried by writing to it."""
    folder = Path(given).expanduser().resolve()
    trial = folder / f".trial-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        trial.touch()
        trial.unlink()
    except OSError as error:
        stop(
            f"DATA_DIR: cannot write to {folder} ({error.strerror}); "
            f"give this user the right to write there, or name another folder, such as DATA_DIR=$HOME/clinic-data."
        )
    return folder


def secret_key(folder: Path) -> str:
    """The key kept in DATA_DIR/secret_key, made on first use (mode 0600); processes that start together agree on it."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            kept = file.read().strip()
            if not kept:
                kept = secrets.token_urlsafe(64)
                file.write(kept)
                file.flush()
                os.fsync(file.fileno())
    except (OSError, UnicodeDecodeError):
        stop(
            f"SECRET_KEY: {path} cannot be read; put it right, or delete it to have a new one made."
        )
    return kept


def stop(sentence: str) -> NoReturn:
    """End the program with one sentence on stderr and exit code 1."""
    raise SystemExit(sentence)


def _value(variables: Mapping[str, str], name: str, default: str, check: Callable[[str], T]) -> T:
    """The variable as `check` reads it, which raises ValueError(what to write); an empty one counts as not set."""
    try:
        return check((variables.get(name) or default).strip())
    except ValueError as error:
        stop(f"{name}: {error}.")
