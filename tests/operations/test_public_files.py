"""Files put in order: moved whole, however often and whatever is in the way; locked, and only what is ours."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from clinic_site.operations import public_files
from clinic_site.operations.public_files import Misplaced, put_files_in_order

NAME = "images/0123456789/0123456789abcdef.webp"


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of before there was PUBLIC_DIR."""
    folder = tmp_path / "data"
    (folder / "media" / NAME).parent.mkdir(parents=True)
    (folder / "media" / NAME).write_bytes(b"a picture")
    settings.DATA_DIR, settings.PUBLIC_DIR = folder, folder / "public"
    settings.MEDIA_HERE = settings.PUBLIC_DIR / "media"
    settings.PUBLIC_DIR.mkdir()
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def put_in_order() -> list[str]:
    """What was said about it."""
    said: list[str] = []
    put_files_in_order(say=said.append)
    return said


def test_a_second_time_there_is_nothing_to_do(data: Path, settings: Settings) -> None:
    assert put_in_order() != []
    assert put_in_order() == []
    assert (settings.MEDIA_HERE / NAME).read_bytes() == b"a picture"
    assert not (data / "media").exists()


def test_across_disks_a_killed_start_loses_nothing_and_the_next_goes_on(
    data: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_files, "_is_one_disk", lambda *_: False)
    with monkeypatch.context() as killed:
        killed.setattr(public_files, "keep_on_disk", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put_in_order()
    assert (data / "media" / NAME).read_bytes() == b"a picture"
    assert not (settings.MEDIA_HERE / NAME).exists()
    put_in_order()
    assert (settings.MEDIA_HERE / NAME).read_bytes() == b"a picture"
    assert not (data / "media" / NAME).exists()


def test_another_file_of_the_same_name_takes_nothing_away(data: Path, settings: Settings) -> None:
    there = settings.MEDIA_HERE / NAME
    there.parent.mkdir(parents=True)
    there.write_bytes(b"another one")
    put_in_order()
    assert there.read_bytes() == b"another one"
    assert (data / "media" / NAME).read_bytes() == b"a picture"


def test_pictures_on_a_larger_disk_stay_there(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    (data / "media").rename(tmp_path / "large")
    (data / "media").symlink_to(tmp_path / "large")
    (tmp_path / "large" / NAME).chmod(0o600)
    put_in_order()
    assert settings.MEDIA_HERE.resolve() == tmp_path / "large"
    assert mode(settings.MEDIA_HERE / NAME) == 0o644
    assert not (data / "media").is_symlink()


def test_share_pictures_of_an_earlier_version_are_removed(data: Path) -> None:
    put_in_order()
    (data / "cards").mkdir()
    (data / "cards" / "0123456789abcdef.png").write_bytes(b"a picture")
    assert put_in_order() == []  # nothing that the operator has to do anything about
    assert not (data / "cards").exists()


def test_a_link_in_their_place_goes_and_what_it_leads_to_stays(data: Path, tmp_path: Path) -> None:
    (tmp_path / "large").mkdir()
    (data / "cards").symlink_to(tmp_path / "large")
    put_in_order()
    assert not (data / "cards").is_symlink()
    assert (tmp_path / "large").is_dir()


def test_what_an_operator_keeps_there_stays_as_it_is(data: Path) -> None:
    (data / "my notes").mkdir()
    (data / "my notes").chmod(0o755)
    put_in_order()
    assert mode(data / "my notes") == 0o755


def test_with_a_public_folder_elsewhere_nobody_passes_through(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.PUBLIC_DIR = tmp_path / "public"
    settings.MEDIA_HERE = settings.PUBLIC_DIR / "media"
    data.chmod(0o755)
    put_in_order()
    assert mode(data) == 0o700
    assert (settings.MEDIA_HERE / NAME).read_bytes() == b"a picture"


def test_a_database_elsewhere_is_locked_and_its_folder_is_not(
    data: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "elsewhere" / "site.sqlite3"
    place.parent.mkdir()
    place.touch()
    for path, given in ((place, 0o644), (place.parent, 0o755)):
        path.chmod(given)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(place))
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert "site.sqlite3" in "".join(put_in_order())
    assert (mode(place), mode(place.parent)) == (0o600, 0o755)


def test_a_full_disk_is_told_in_one_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "large.webp")

    monkeypatch.setattr(public_files, "_is_one_disk", full)
    with pytest.raises(Misplaced, match="large.webp cannot be put in order .No space left"):
        put_in_order()
    assert (data / "media" / NAME).read_bytes() == b"a picture"
