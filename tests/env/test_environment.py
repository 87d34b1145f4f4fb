"""Values from outside: what is taken, and the one sentence for what is not."""

from pathlib import Path

import pytest

from clinic_site import env

BAD = {
    "ALARM_EMAIL_URL": "gmail://clinic:hunter2@host",
    "ALARM_TO": "me",
    "ALLOWED_HOSTS": "example.ca, http://other",
    "BACKUP_DIR": "/dev/null",
    "BACKUP_KEEP": "a week",
    "BACKUP_NIGHTLY": "maybe",
    "BACKUP_RECIPIENT": "the clinic",
    "BIND": "localhost:80",
    "CACHE_URL": "memcached://127.0.0.1",
    "CONTENT_DIR": "/dev/null",
    "CONTENT_SYNC": "maybe",
    "DATABASE_URL": "mysql://user:hunter2@host/name",
    "DEBUG": "maybe",
    "DEFAULT_FROM_EMAIL": "the clinic",
    "EMAIL_URL": "gmail://clinic:hunter2@host",
    "ENQUIRY_RETENTION_MONTHS": "a year",
    "ENQUIRY_RETENTION_SPAM_DAYS": "0",
    "FORWARDED_ALLOW_IPS": "the proxy",
    "HEALTH_TOKEN": "short",
    "HEARTBEAT_URL": "hc-ping.com",
    "INDEXNOW_KEY": "short",
    "LOG_JSON": "maybe",
    "MEDIA_STORE_URL": "s3://key:hunter2@bucket/?folder=a",
    "OFFLINE_PAGES": "sometimes",
    "SECOND_FACTOR_REQUIRED": "maybe",
    "PORT": "80000",
    "PUBLIC_DIR": "/dev/null",
    "SECRET_KEY": "hunter2",
    "SITE_INDEXABLE": "2",
    "SITE_URL": "www.example.ca/clinic",
    "WORKERS": "many",
}
MALFORMED = {
    "BACKUP_DIR": ["/", "\0", "~nobody-of-that-name/backups"],
    "BACKUP_KEEP": ["7", "0/4/12", "7/4/x", "7/4/12/1", "7/-4/12", "7/4/1001"],
    "BACKUP_RECIPIENT": ["--output=/etc/passwd", "age1short", "-x@a.ca", "a@b@c"],
    "CONTENT_DIR": ["/", "\0", "~nobody-of-that-name/content"],
    "DATABASE_URL": ["sqlite://", "postgres://user@host:port/name", "postgres://host"],
    "EMAIL_URL": ["smtp://", "smtp+tls://user:hunter2@host:port"],
    "MEDIA_STORE_URL": [
        "https://bucket.s3.amazonaws.com",
        "s3://",
        "s3://UPPER_CASE",
        "s3://key@bucket",
        "s3://key:hunter2/with+slash@bucket",
        "s3://bucket:9000",
        "s3://bucket?endpoint=store.example.ca",
        "s3://bucket?endpoint=https://store.example.ca/bucket",
        "s3://bucket?region=ca central",
        "s3://bucket?region",
        "s3://bucket/../other",
        "s3://bucket#part",
        "s3://[",
    ],
    "PUBLIC_DIR": ["/", "\0", "~nobody-of-that-name/public", "/proc/public"],
    "PORT": ["0", "-1", "8000.0", "٨٠٠٠", "eight"],
    "SITE_URL": [
        "https://",
        "ftp://a.ca",
        "https://a.ca/b",
        "https://a.ca?b",
        "https://u@a.ca",
        "https://a.ca:x",
        "https://[",
        "https://a b.ca",
    ],
    "WORKERS": ["0", "65"],
}
CASES = [*BAD.items(), *((name, text) for name, texts in MALFORMED.items() for text in texts)]


def refusal(name: str, text: str, folder: Path) -> str:
    """The words that the program ends with."""
    with pytest.raises(SystemExit) as stop:
        env.read({"DATA_DIR": str(folder), name: text})
    assert isinstance(stop.value.code, str)
    return stop.value.code


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_bad_value_is_answered_with_one_sentence_that_names_it(
    name: str, text: str, tmp_path: Path
) -> None:
    words = refusal(name, text, tmp_path)
    assert words.startswith(f"{name}: write ")
    assert words.endswith(".")
    assert "\n" not in words


def test_every_variable_that_can_be_wrong_is_tried() -> None:
    assert set(BAD) == set(env.VARIABLES) - {"DATA_DIR"}


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL", "MEDIA_STORE_URL", "SECRET_KEY"])
def test_a_password_is_not_repeated(name: str, tmp_path: Path) -> None:
    assert "hunter2" not in refusal(name, BAD[name], tmp_path)


def test_a_data_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(SystemExit) as stop:
        env.read({"DATA_DIR": str(tmp_path / "taken")})
    assert str(stop.value.code).startswith(f"DATA_DIR: cannot write to {tmp_path / 'taken'}")


def test_without_variables_it_is_production_on_this_machine(tmp_path: Path) -> None:
    found = env.read({"DATA_DIR": str(tmp_path)})
    assert (found.debug, found.bind, found.port, found.workers) == (False, "127.0.0.1", 8000, 2)
    assert found.site_url == "http://localhost:8000"
    assert found.database == {
        "ENGINE": "clinic_site.databases.sqlite3",
        "NAME": str(tmp_path / "db.sqlite3"),
    }


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert env.read({"DATA_DIR": str(tmp_path), "PORT": "", "SITE_URL": ""}).port == 8000


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://www.example.ca/", "https://www.example.ca"),
        ("https://Example.ca:443", "https://example.ca"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address_has_one_spelling(given: str, taken: str, tmp_path: Path) -> None:
    assert env.read({"DATA_DIR": str(tmp_path), "SITE_URL": given}).site_url == taken


def test_mail_comes_from_the_domain_of_the_site(tmp_path: Path) -> None:
    found = env.read({"DATA_DIR": str(tmp_path), "SITE_URL": "https://www.example.ca"})
    assert found.default_from_email == "website@example.ca"


def test_a_mail_server_with_tls(tmp_path: Path) -> None:
    mail = env.read({"DATA_DIR": str(tmp_path), "EMAIL_URL": "smtp+tls://me:p%40ss@host"}).email
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("host", 587, True)
    assert mail["EMAIL_HOST_PASSWORD"] == "p@ss"


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("s3://bucket", {"bucket_name": "bucket", "location": "", "endpoint_url": None}),
        ("s3://bucket/clinic/", {"location": "clinic"}),
        ("s3://bucket?region=ca-central-1", {"region_name": "ca-central-1"}),
        (
            "s3://AK:a%2Fb%2Bc@bucket?endpoint=http://127.0.0.1:9000",
            {
                "access_key": "AK",
                "secret_key": "a/b+c",
                "security_token": None,
                "endpoint_url": "http://127.0.0.1:9000",
            },
        ),
    ],
)
def test_a_store_for_pictures(address: str, options: dict[str, object], tmp_path: Path) -> None:
    found = env.read({"DATA_DIR": str(tmp_path), "MEDIA_STORE_URL": address}).media_store
    assert {name: found[name] for name in options} == options


def test_pictures_lie_on_the_disk_unless_a_store_is_named(tmp_path: Path) -> None:
    assert env.read({"DATA_DIR": str(tmp_path)}).media_store == {}


def test_the_public_folder_never_holds_the_data(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path.parent):
        assert "a folder of its own" in refusal("PUBLIC_DIR", str(place), tmp_path)


def test_the_public_folder_is_open_and_made_where_it_is_missing(tmp_path: Path) -> None:
    given = tmp_path / "a" / "public"
    found = env.read({"DATA_DIR": str(tmp_path / "data"), "PUBLIC_DIR": str(given)})
    assert (found.public_dir, given.stat().st_mode & 0o777) == (given, 0o755)


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = env.read({"DATA_DIR": str(tmp_path)}).secret_key
    assert env.read({"DATA_DIR": str(tmp_path)}).secret_key == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


SERVER = "postgres://clinic:any@host/clinic"


def test_a_site_on_a_database_server_is_asked_for_its_key(tmp_path: Path) -> None:
    said = refusal("DATABASE_URL", SERVER, tmp_path)
    assert said.startswith("SECRET_KEY: write 50 random characters or more, such as openssl")
    assert not (tmp_path / "secret_key").exists()


def test_the_key_that_it_had_on_sqlite_is_pointed_at(tmp_path: Path) -> None:
    env.secret_key(tmp_path)
    said = refusal("DATABASE_URL", SERVER, tmp_path)
    assert f"write the key that is in {tmp_path}/secret_key" in said


def test_with_its_key_it_starts(tmp_path: Path) -> None:
    given = {"DATA_DIR": str(tmp_path), "DATABASE_URL": SERVER, "SECRET_KEY": "k" * 50}
    assert env.read(given).secret_key == "k" * 50


def test_a_key_file_left_empty_by_a_crash_is_filled(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch(0o600)
    assert len(env.secret_key(tmp_path)) >= 50


def test_a_key_file_that_is_not_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff\xfe")
    with pytest.raises(SystemExit, match="^SECRET_KEY: .*delete it"):
        env.secret_key(tmp_path)
