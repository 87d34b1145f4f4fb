"""/healthz and /readyz over HTTP: what each says, to whom, and that asking leaves nothing behind."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from clinic_site.operations import heartbeat
from clinic_site.operations.health import data_folder, probes, views
from clinic_site.operations.health.fault import Fault
from clinic_site.operations.health.readiness import Readiness
from clinic_site.operations.health.token import own_token
from clinic_site.pagecache.models import Stamp
from clinic_site.staff.roles import FRONT_DESK
from tests.staff.people import person

FAULT = Fault("disk", "The disk is full.", "Make room.")
TOKEN = "a-word-of-20-letters-or-more"


def found(monkeypatch: pytest.MonkeyPatch, *faults: Fault) -> None:
    """Have the site find these."""
    monkeypatch.setattr(views, "READINESS", Readiness(lambda: list(faults)))


def test_this_process_answers_and_asks_the_database_nothing(client: Client) -> None:
    answer = client.get("/healthz")  # without the mark django_db, any query fails
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nobody_keeps_the_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    found(monkeypatch)
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_looking_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_all_is_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_strangers_learn_that_something_is_wrong_and_not_what(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(monkeypatch, FAULT)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "failing"})


def test_a_monitor_with_the_word_learns_what(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    found(monkeypatch, FAULT)
    settings.HEALTH_TOKEN = TOKEN
    answer = client.get("/readyz", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.json()["faults"] == [FAULT.as_json()]


def test_the_sites_own_check_learns_what(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    found(monkeypatch, FAULT)
    word = own_token(settings.SECRET_KEY)
    answer = client.get("/readyz", headers={"Authorization": f"Bearer {word}"})
    assert answer.json()["faults"] == [FAULT.as_json()]


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_no_other_word_opens_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings, said: str
) -> None:
    found(monkeypatch, FAULT)
    settings.HEALTH_TOKEN = TOKEN
    assert "faults" not in client.get("/readyz", headers={"Authorization": said}).json()


def test_without_a_word_of_the_operators_an_empty_one_opens_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    found(monkeypatch, FAULT)
    settings.HEALTH_TOKEN = ""
    assert "faults" not in client.get("/readyz", headers={"Authorization": "Bearer "}).json()


@pytest.mark.django_db
def test_staff_learn_what(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, FAULT)
    client.force_login(person("desk", FRONT_DESK))
    assert client.get("/readyz").json()["faults"] == [FAULT.as_json()]


@pytest.mark.django_db
def test_the_write_is_a_write_and_is_taken_back() -> None:
    Stamp.objects.update_or_create(pk=1, defaults={"value": 7})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert probes.database_write_fault() is None
    assert any("UPDATE" in query["sql"] for query in asked)
    assert any("ROLLBACK" in query["sql"] for query in asked)
    assert Stamp.objects.get(pk=1).value == 7


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("database is locked", "no backup is needed"),
        ("attempt to write a readonly database", "right to write"),
        ("database disk image is malformed", "restore the newest backup"),
        ("database or disk is full", "Make room"),
        ("connection to server failed: refused", "DATABASE_URL"),
    ],
)
def test_advice_fits_what_the_database_says(
    monkeypatch: pytest.MonkeyPatch, said: str, advice: str
) -> None:
    def fails() -> None:
        raise OperationalError(said)

    monkeypatch.setattr(connection, "ensure_connection", fails)
    fault = probes.database_write_fault()
    assert fault is not None
    assert (fault.name, said in fault.text, advice in fault.advice) == ("database", True, True)


def test_many_who_ask_cost_one_look() -> None:
    looks: list[int] = []

    def look() -> list[Fault]:
        looks.append(1)
        return []

    ready = Readiness(look)
    for _ in range(50):
        ready.now()
    assert len(looks) == 1


def test_a_worker_that_never_wrote_is_missed(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert [fault.name for fault in probes.worker_faults()] == ["worker"]
    heartbeat.write({})
    assert list(probes.worker_faults()) == []


def test_a_job_that_keeps_failing_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    heartbeat.write(
        {"mail": heartbeat.Runs(failures_in_a_row=3), "search": heartbeat.Runs(None, 1.0, 1)}
    )
    [fault] = probes.worker_faults()
    assert "“mail”" in fault.text


def test_a_data_folder_without_its_database_is_not_made_anew(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "db.sqlite3"))
    fault = probes.data_fault()
    assert fault is not None
    assert fault.name == "data"
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_somebody_made_anew_is_another_one(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    database = settings.DATA_DIR / "db.sqlite3"
    database.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    data_folder.remember(settings.DATA_DIR)
    assert probes.data_fault() is None
    settings.DATA_DIR.rename(tmp_path / "aside")
    settings.DATA_DIR.mkdir()
    database.touch()
    fault = probes.data_fault()
    assert fault is not None
    assert fault.name == "data"
