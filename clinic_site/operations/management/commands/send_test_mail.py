"""`manage.py send_test_mail you@example.ca`: one mail, sent now."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandParser
from django.core.validators import validate_email

from clinic_site.operations.health.trial_mail import Refusal, send_test_mail


class Command(BaseCommand):
    help = "Send one mail now and say whether the mail server took it, or what to do."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", help="Your own address.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["to"])
            self.stdout.write(send_test_mail(options["to"]))
        except ValidationError:
            sys.exit(f"“{options['to']}” is no e-mail address: write one such as you@example.ca.")
        except Refusal as refusal:
            sys.exit(f"It was not sent. {refusal.said}\n{refusal.advice}")
