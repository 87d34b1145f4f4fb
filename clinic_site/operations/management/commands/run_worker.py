"""`manage.py run_worker`: send mail and do what else is to be done in the background; `serve` starts it."""

import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from clinic_site.operations import run_lock
from clinic_site.operations.jobs import JOBS
from clinic_site.operations.startup import wait_for_tables
from clinic_site.operations.worker import Worker
from clinic_site.progress.steps import shown


class Command(BaseCommand):
    help = "Send queued mail and do the other background work until told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Run every job one time, then end; 1 if one failed."
        )
        parser.add_argument(
            "--job",
            action="append",
            choices=[job.name for job in JOBS],
            help="With --once, only this job; may be given several times.",
        )
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="End when the process that started it is gone.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["job"] and not options["once"]:
            sys.exit("--job is for --once: a worker that goes on does all of the work.")
        try:
            run_lock.take_part()
        except run_lock.Occupied as refusal:
            sys.exit(str(refusal))
        wait_for_tables(say=self.stderr.write)
        wanted = options["job"]
        jobs = [job for job in JOBS if not wanted or job.name in wanted]
        worker = Worker(jobs, parent=os.getppid() if options["with_parent"] else None)
        if options["once"]:
            with shown():
                sys.exit(0 if worker.run_once() else 1)
        worker.run()
