"""manage.py judge_search FILE: at which place each question of a list finds its answer."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.search.evaluation import FIRST, JudgementsError, judge


class Command(BaseCommand):
    help = (
        "Show at which place each question of a JSON file finds its answer, and how good that is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="questions, each with the places that answer it"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            verdict = judge(file)
        except JudgementsError as error:
            raise CommandError(str(error)) from error
        for one in verdict.judged:
            self.stdout.write(f"{one.place or '-':>3}  {one.typed}")
            if not 0 < one.place <= FIRST:
                self.stdout.write(f"       first: {', '.join(one.first) or 'nothing'}")
        self.stdout.write(
            f"Among the first {FIRST}: {verdict.share:.0%} of {len(verdict.judged)}."
            f" nDCG: {verdict.ndcg:.3f}"
        )
