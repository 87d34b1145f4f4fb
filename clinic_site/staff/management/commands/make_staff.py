"""`manage.py make_staff`: the account of an owner, asked for in the terminal, with a second factor if they like."""

import getpass
from base64 import b32encode
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from clinic_site.artwork.qr import qr_in_terminal
from clinic_site.staff.second_factor.backup_codes import new_backup_codes
from clinic_site.staff.second_factor.middleware import authenticator, enrol, new_seed

OFFER = "Set up the second factor now? A code from your phone then guards the account. [Y/n] "
CODE = "The code that the app shows (empty: do it later in the admin): "


class Command(BaseCommand):
    help = "Make an account for /admin/ that may do everything."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = self._account()
            self.stdout.write(f"Made. Sign in at /admin/ as {user.get_username()}.")
            if input(OFFER).strip().lower() in ("", "y", "yes"):
                self._second_factor(user)
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Stopped. What was said to be made is made, nothing else.") from None

    def _account(self) -> User:
        name = self._asked("First and last name, as colleagues know you: ", _some)
        email = self._asked("E-mail address: ", _address)
        offered = name.split()[0].lower()
        username = self._asked(
            f"Name to sign in with [{offered}]: ", lambda said: _free(said or offered)
        )
        password = self._password(User(username=username, email=email, first_name=name))
        first, _, last = name.rpartition(" ")
        return User.objects.create_superuser(
            username, email, password, first_name=first or last, last_name=last if first else ""
        )

    def _asked(self, question: str, taken: Any) -> str:
        """An answer that is taken; what is wrong with another one is said, and it is asked again."""
        while True:
            try:
                return str(taken(" ".join(input(question).split())))
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))

    def _password(self, user: User) -> str:
        while True:
            password = getpass.getpass("Password, 12 characters or more: ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if getpass.getpass("The same once more: ") == password:
                return password
            self.stderr.write("The two are not the same.")

    def _second_factor(self, user: User) -> None:
        """The secret, once, as a picture and in letters; then its first code, and the backup codes."""
        seed = new_seed()
        device = authenticator(user=user, seed=seed)
        self.stdout.write("Scan this with an authenticator app, or type the key into it:")
        self.stdout.write(qr_in_terminal(device.config_url))
        self.stdout.write(b32encode(device.bin_key).decode().rstrip("="))
        while code := "".join(input(CODE).split()):
            if enrol(user=user, seed=seed, code=code):
                self.stdout.write("Backup codes, once each, for a lost phone. Keep them on paper:")
                self.stdout.write("\n".join(new_backup_codes(user=user)))
                return
            self.stderr.write("This code is not right. Codes change every 30 seconds.")


def _some(said: str) -> str:
    if not said:
        raise ValidationError("Write a name: colleagues see it beside what you did.")
    return said


def _address(said: str) -> str:
    validate_email(said)
    return said


def _free(said: str) -> str:
    User.username_validator(said)
    if User.objects.filter(username__iexact=said).exists():
        raise ValidationError(f"There is an account {said} already: choose another name.")
    return said
