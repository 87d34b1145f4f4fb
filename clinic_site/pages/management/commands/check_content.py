"""`manage.py check_content`: what blocks and what could be plainer, on every live page.

Exit code 1 when something would keep a page from being published today, or when the clinic's own
rules cannot be read; advice never fails. `--advice` lists the advice too, not only its count.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.pages.checks.house_rules import current_rules
from clinic_site.pages.checks.live_pages import Looked, look_over


class Command(BaseCommand):
    help = "Check the words of every live page: claims and links block, style is advice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--advice", action="store_true", help="list all advice")
        parser.add_argument("--page", default="", help="only this page, such as first-session")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["page"].strip("/")
        pages = [one for one in look_over() if not asked or one.revision.page.path == asked]
        if asked and not pages:
            raise CommandError(f"No live page has the address {asked}.")
        for looked in pages:
            self._tell(looked, with_advice=options["advice"])
        faults = sum(len(looked.faults) for looked in pages)
        advice = sum(len(looked.advice) for looked in pages)
        if trouble := current_rules().trouble:
            self.stderr.write(trouble)
        self.stdout.write(
            f"{len(pages)} pages: {faults} to put right, {advice} pieces of advice"
            + ("." if options["advice"] or not advice else " (--advice lists them).")
        )
        if faults or trouble:
            raise SystemExit(1)

    def _tell(self, looked: Looked, *, with_advice: bool) -> None:
        where = looked.revision.page.get_absolute_url()
        for fault in looked.faults:
            self.stdout.write(f"{where} {fault.label}, line {fault.line}: {fault.message}")
        for advice in looked.advice if with_advice else ():
            self.stdout.write(
                f"{where} {advice.field}, line {advice.line}: (advice) {advice.message}"
            )
