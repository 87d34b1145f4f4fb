"""A site of a few pages with its people, for verbs to change."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from clinic_site.clinic.file_mapping import take_in
from clinic_site.pages.actions.publish import create_page, publish
from clinic_site.pages.models import Page
from tests.content_sync.folder import ContentFolder
from tests.pages.writing import staff

WEEK = {"monday": ["09:00-17:00"]}
PLACE = {
    "name": "Main Street",
    "street": "100 Sample Street",
    "city": "Vancouver",
    "province": "BC",
    "postal_code": "V5K 0A1",
    "hours": WEEK,
}
CLINIC = {
    "name": "Example Clinic",
    "phone": "604-555-4100",
    "email": "desk@example.com",
    "locations": [PLACE],
    "closures": [],
}


@dataclass(frozen=True)
class Shown:
    """What is read at an address from then on: `holds` of the page; None: no page stands there any more."""

    path: str
    holds: Callable[[bytes], bool] | None
    later: timedelta = timedelta(0)  # so long after the verb


def has(words: str) -> Callable[[bytes], bool]:
    return lambda body: words.encode() in body


def lacks(words: str) -> Callable[[bytes], bool]:
    return lambda body: words.encode() not in body


@dataclass
class SmallSite:
    """The site, a folder of content files, and somebody of the staff who may do everything."""

    content: ContentFolder
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        take_in(details=CLINIC)
        self.page("home", layout="home", details={"headline": "Hello"})
        self.page("safety")
        self.page("clinic", layout="clinic")
        self.user: User = staff("anna")
        self.client.force_login(self.user)

    def page(self, path: str, layout: str = "article", **words: Any) -> Page:
        """A live page; its body is "Old words." unless it is said."""
        page = create_page(path=path, layout=layout, by=None)
        publish(page=page, words={"title": path, "body": "Old words.", **words}, by=None)
        return page

    def post(self, url: str, data: dict[str, Any]) -> None:
        """Send a form of the admin that has to be taken."""
        answer = self.client.post(url, data, headers={"host": "localhost"})
        faults = re.findall(r'class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)
        assert (url, answer.status_code, faults) == (url, 302, [])

    def sync(self) -> None:
        run = self.content.sync()
        assert run.failure == "", run


Steps = Iterator[list[Any]]
Verb = Callable[[SmallSite], Steps]
VERBS: dict[str, Verb] = {}


def verb(steps: Verb) -> Verb:
    """Decorator: this is one of the verbs."""
    VERBS[steps.__name__] = steps
    return steps


def new_site(folder: Path) -> SmallSite:
    """The site in the test's database, its content files in that folder."""
    folder.mkdir()
    return SmallSite(ContentFolder(folder))
