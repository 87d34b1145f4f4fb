"""`fill TITLE BODY_FILE`: makes the peer's database, or its pages anew."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command
from wagtail.models import Page, Site

from bench.peers.wagtail_peer.models import WordsPage

MENU = "What is IMS?,Conditions,Benefits,Is it for me?,First session,How often,After-care,Safety"


class Command(BaseCommand):
    help = "Make tables, a home page, eight pages in the menu, and the page that is measured: /measured/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("title")
        parser.add_argument("body", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        Page.objects.filter(depth=2).delete()
        home = Page.objects.get(depth=1).add_child(instance=WordsPage(title="Home", slug="start"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
        )
        for name in MENU.split(","):
            home.add_child(instance=WordsPage(title=name, show_in_menus=True))
        body = options["body"].read_text("utf-8")
        home.add_child(instance=WordsPage(title=options["title"], slug="measured", body=body))
