"""clinic.env: one file that the service, manage.py and make all read."""

from pathlib import Path

import pytest

from clinic_site import env_file
from tests.serving import Site, untouched


def taken(folder: Path, text: str, **given: str) -> dict[str, str]:
    path = folder / "clinic.env"
    path.write_text(text, encoding="utf-8")
    return env_file.variables({"CLINIC_ENV": str(path)} | given)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SystemExit) as stop:
        taken(folder, text)
    return str(stop.value.code)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("SITE_URL=https://a.ca", "https://a.ca"),
        ("  SITE_URL=https://a.ca  ", "https://a.ca"),
        ('SITE_URL="https://a.ca"', "https://a.ca"),
        ("SITE_URL='https://a.ca'", "https://a.ca"),
        ("SITE_URL=a=b#c $d \\e", "a=b#c $d \\e"),
        ("SITE_URL=", ""),
    ],
)
def test_a_line_is_a_name_and_its_value(tmp_path: Path, line: str, value: str) -> None:
    assert taken(tmp_path, f"# the site\n\n{line}\n")["SITE_URL"] == value


def test_what_the_environment_says_goes_before_the_file(tmp_path: Path) -> None:
    assert taken(tmp_path, "PORT=8001", PORT="8002")["PORT"] == "8002"


def test_an_empty_variable_does_not(tmp_path: Path) -> None:
    assert taken(tmp_path, "PORT=8001", PORT="")["PORT"] == "8001"


def test_a_misspelt_name_is_told_the_right_one(tmp_path: Path) -> None:
    assert "line 2: there is no setting SITEURL; write SITE_URL." in refusal(
        tmp_path, "PORT=1\nSITEURL=https://a.ca"
    )


@pytest.mark.parametrize("line", ["SITE_URL", "SITE URL=x", "export PORT=1", "SITE_URL: x"])
def test_a_line_of_another_form_is_refused_without_its_words(tmp_path: Path, line: str) -> None:
    words = refusal(tmp_path, line.replace("x", "hunter2"))
    assert "line 1: write NAME=value" in words
    assert "hunter2" not in words


def test_a_named_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="No such file.*run this as the site's user"):
        env_file.variables({"CLINIC_ENV": str(tmp_path / "none")})


def test_the_file_beside_manage_py_is_found_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = (tmp_path / "clinic.env", tmp_path / "second")
    monkeypatch.setattr(env_file, "PLACES", places)
    places[1].write_text("PORT=2")
    assert env_file.variables({})["PORT"] == "2"
    places[0].write_text("PORT=1")
    assert env_file.variables({})["PORT"] == "1"


def test_every_command_works_on_the_folder_that_the_file_names(tmp_path: Path) -> None:
    named = tmp_path / "clinic.env"
    named.write_text(f"DATA_DIR={tmp_path / 'data'}\n")
    site = Site(tmp_path / "unused")
    site.environment = untouched() | {"CLINIC_ENV": str(named)}
    said = site.manage("which_site").stdout
    assert f"its data in {tmp_path / 'data'} (settings from: {named})." in said
