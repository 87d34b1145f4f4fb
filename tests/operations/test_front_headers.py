"""A page and the headers that a web server in front sends with it change together."""

from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.operations import proxy_config, static_export
from clinic_site.operations.front_headers import digest_of
from clinic_site.operations.static_export import EditionWriter, current
from tests.operations.test_file_times import told

pytestmark = pytest.mark.django_db


def configured_folder() -> Path:
    """Where nginx looks for pages, by the configuration that is written now."""
    lines = proxy_config.proxy_config("nginx").splitlines()
    (named,) = (line.split()[-1].rstrip(";") for line in lines if "(GET|HEAD)" in line)
    return current().with_name(named)


def test_a_web_server_finds_pages_only_where_it_sends_the_headers_that_belong_to_them(
    writer: EditionWriter, settings: Settings
) -> None:
    before = configured_folder()
    assert (before / "safety" / "index.html").exists()
    # As an upgrade with other styles: another header.
    settings.SECURE_REFERRER_POLICY = "no-referrer"
    after = configured_folder()
    assert not after.exists()
    EditionWriter().keep_in_step()
    assert (before.exists(), (after / "safety" / "index.html").exists()) == (False, True)


def test_an_upgrade_with_other_styles_changes_bytes_time_and_place(
    writer: EditionWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, place = told(), configured_folder()
    page = static_export.finished_page

    def upgraded(
        application: static_export.Application, path: str
    ) -> static_export.FinishedPage | None:
        made = page(application, path)
        assert made is not None
        whole = made.variant("identity").whole
        headers = [(name, said.replace("sha256-", "sha256-0")) for name, said in whole.headers]
        return static_export.finish(whole.body.replace(b"<style>", b"<style >"), headers)

    monkeypatch.setattr(static_export, "finished_page", upgraded)
    EditionWriter().keep_in_step()
    assert not set(before.items()) & set(told().items())
    assert not place.exists()


def test_the_order_in_which_a_process_has_the_parts_of_a_policy_is_no_other_policy() -> None:
    one, other = (
        static_export.finish(b"", [("Content-Security-Policy", policy)])
        for policy in (
            "default-src 'none'; img-src 'self' a",
            "img-src a 'self'; default-src 'none'",
        )
    )
    assert digest_of(one) == digest_of(other)
    stricter = static_export.finish(b"", [("Content-Security-Policy", "default-src 'none'")])
    assert digest_of(stricter) != digest_of(one)
