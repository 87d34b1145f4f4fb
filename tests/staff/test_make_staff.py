"""`manage.py make_staff`: an owner's account from questions in the terminal, with a second factor if they like."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django_otp import user_has_device
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken

from clinic_site.staff.management.commands import make_staff

pytestmark = pytest.mark.django_db
PASSWORD = "a long password here"
SEED = "ab" * 20
Answer = str | Callable[[], str]
Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("Ana Sample", …): what the command wrote and complained of, given these answers in turn."""

    def made(
        *answers: Answer, passwords: tuple[str, ...] = (PASSWORD, PASSWORD)
    ) -> tuple[str, str]:
        given: Iterator[Answer] = iter(answers)
        hidden = iter(passwords)

        def say(question: str) -> str:
            answer = next(given, None)
            if answer is None:
                raise EOFError
            return answer if isinstance(answer, str) else answer()

        monkeypatch.setattr("builtins.input", say)
        monkeypatch.setattr("getpass.getpass", lambda question: next(hidden))
        monkeypatch.setattr(make_staff, "new_seed", lambda: SEED)
        out, err = StringIO(), StringIO()
        call_command("make_staff", stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return made


def code() -> str:
    return f"{totp(bytes.fromhex(SEED)):06}"


def test_name_mail_and_password_make_an_owner(run: Run) -> None:
    run("Ana Maria Sample", "ana@example.ca", "", "n")
    user = User.objects.get()
    told = (user.username, user.first_name, user.last_name, user.email)
    assert told == ("ana", "Ana Maria", "Sample", "ana@example.ca")
    assert user.is_superuser
    assert user.check_password(PASSWORD)
    assert not user_has_device(user)


def test_one_name_is_enough(run: Run) -> None:
    run("Ana", "ana@example.ca", "anna", "n")
    assert (User.objects.get().first_name, User.objects.get().username) == ("Ana", "anna")


def test_what_is_wrong_is_said_and_asked_again(run: Run) -> None:
    User.objects.create_user("ana")
    passwords = ("short", PASSWORD, "another one", PASSWORD, PASSWORD)
    answers = ("", "Ana Sample", "no address", "ana@example.ca", "", "ana2", "n")
    _, complaints = run(*answers, passwords=passwords)
    assert User.objects.get(username="ana2").check_password(PASSWORD)
    for words in ("Write a name", "valid email", "already", "too short", "not the same"):
        assert words in complaints


def test_the_second_factor_is_set_up_with_its_first_code(run: Run) -> None:
    said, _ = run("Ana Sample", "ana@example.ca", "", "", "000000", code)
    assert user_has_device(User.objects.get())
    assert StaticToken.objects.count() == 10
    assert "VOV2XK5LVOV2XK5LVOV2XK5LVOV2XK5L" in said
    assert "\u2580" in said or "\u2584" in said or "\u2588" in said


def test_the_second_factor_may_wait(run: Run) -> None:
    run("Ana Sample", "ana@example.ca", "", "y", "")
    assert not user_has_device(User.objects.get())


def test_stopping_keeps_what_was_said_to_be_made(run: Run) -> None:
    with pytest.raises(CommandError, match="Stopped"):
        run("Ana Sample")
    assert not User.objects.exists()
