"""`manage.py recover_account NAME`: for somebody who lost the phone with their second factor and the backup codes."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from clinic_site.staff.second_factor.middleware import remove
from clinic_site.staff.second_factor.policy import begin_anew
from clinic_site.staff.sessions.open_sessions import end_all


class Command(BaseCommand):
    help = "Remove somebody's second factor and end their sessions: they sign in with the password alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name that they sign in with")

    @transaction.atomic
    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No account has the name {username}.")
        remove(user=user)
        begin_anew(user=user)
        count = end_all(of=user, by=None)
        self.stdout.write(
            f"{username} signs in with the password alone for two weeks, then sets a second factor up again."
            f" Sessions ended: {count}. For a new password: manage.py changepassword {username}"
        )
