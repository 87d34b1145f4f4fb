"""Web processes that take another's place know already what the first ones learnt from their patients."""

import sys
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.template import engines
from django.template.loaders.filesystem import Loader
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from clinic_site.operations import rehearsing
from clinic_site.operations.management.commands.serve import serve_web
from clinic_site.operations.rehearsing import ReadyArbiter, rehearse
from clinic_site.outbox.models import OutboundEmail
from clinic_site.pages.publishing import create_page, publish
from tests.faults.patients import fill_in


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What closes the connections to the database, which a test's own must not be."""
    mock = Mock()
    monkeypatch.setattr(rehearsing, "connections", Mock(close_all=mock))
    return mock


@pytest.fixture
def form(db: None, closed: Mock) -> None:
    """A site whose form can be shown."""
    details = {"consent": "I agree.", "consent_version": "1"}
    words = {"title": "Ask for a visit", "body": "Words.", "details": details}
    publish(page=create_page(path="book", layout="enquiry", by=None), words=words, by=None)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are read from their files, from now on; none is known yet."""
    names: list[str] = []
    get_contents = Loader.get_contents

    def noted(loader: Loader, origin: Any) -> str:
        names.append(origin.template_name)
        return get_contents(loader, origin)

    monkeypatch.setattr(Loader, "get_contents", noted)
    templates: Any = engines["django"]
    for loader in templates.engine.template_loaders:
        loader.reset()
    return names


@pytest.mark.usefixtures("form")
def test_an_enquiry_after_it_reads_no_template(client: Client, read: list[str]) -> None:
    rehearse(WSGIHandler())
    assert "emails/enquiry_for_staff.txt" in read
    read.clear()
    client.get("/book/")
    (submission,) = fill_in(1)
    answer = client.post("/book/", submission.body(), submission.headers()["Content-Type"])
    assert (answer.status_code, read) == (303, [])


@pytest.mark.usefixtures("form")
def test_it_keeps_no_enquiry_and_sends_no_mail() -> None:
    rehearse(WSGIHandler())
    assert (Enquiry.objects.count(), OutboundEmail.objects.count()) == (0, 0)


def test_no_connection_is_left_for_those_that_are_forked(form: None, closed: Mock) -> None:
    rehearse(WSGIHandler())
    closed.assert_called_once_with()


def test_what_goes_wrong_is_said_and_stops_nothing(
    closed: Mock, caplog: pytest.LogCaptureFixture
) -> None:
    rehearse(Mock(side_effect=OSError("words of somebody")))
    assert [record.getMessage() for record in caplog.records] == [
        "What later processes need was not learnt: OSError"
    ]
    closed.assert_called_once_with()


def test_the_first_processes_wait_for_no_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsing, "rehearse", rehearsed := Mock())
    arbiter = object.__new__(ReadyArbiter)
    nothing = SimpleNamespace(enable_backlog_metric=False, nworkers_changed=Mock())
    vars(arbiter).update(cfg=nothing, app=Mock(), log=Mock(), WORKERS={}, _num_workers=0)
    arbiter._last_logged_active_worker_count = 0
    arbiter.manage_workers()
    rehearsed.assert_not_called()
    arbiter._num_workers, arbiter.WORKERS = 1, {1: Mock(age=1)}
    arbiter.manage_workers()
    arbiter.manage_workers()
    rehearsed.assert_called_once_with(arbiter.app.wsgi())


def test_the_served_site_has_a_parent_that_rehearses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(ReadyArbiter, "__init__", lambda arbiter, site: None)
    monkeypatch.setattr(ReadyArbiter, "run", run := Mock())
    serve_web()
    run.assert_called_once_with()
