"""Checks of the files against the site as it will be: links, anchors, images, topics, folders.

A link may lead to anything that will be live, and to anything that another file says: what staff
changed or withdrew is no fault of the files, and is told by the checks of the editor.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.contrib.redirects.models import Redirect
from django.urls import Resolver404, resolve

from clinic_site.clinic.models import Practitioner
from clinic_site.content_sync.files.link_targets import Atlas, Place
from clinic_site.content_sync.files.parse_cache import FactBook
from clinic_site.content_sync.files.read_files import ContentFile
from clinic_site.content_sync.files.walk import Fault
from clinic_site.images.models import Image
from clinic_site.markup import missing_card
from clinic_site.pages.checks.links import is_static_file
from clinic_site.pages.layouts import ABOUT_PEOPLE, LAYOUTS
from clinic_site.pages.models import page_url
from clinic_site.pages.warning_cards import FOLDER

ONE_EACH = ("clinic", "practitioners")  # layouts that no two files may have


@dataclass(frozen=True)
class Surroundings:
    """What else links and images may lead to: redirected addresses, ids of uploaded images.

    `waiting`: addresses at which patients find nothing before there is somebody to tell of. `held`:
    by address the file that is held back, for a fault of its own. `settled`: by their path, pages
    that keep a link to what is held back.
    """

    redirects: frozenset[str]
    images: frozenset[int]
    waiting: frozenset[str]
    held: Mapping[str, str]
    settled: Collection[str]

    @classmethod
    def of_the_site(
        cls, places: Collection[Place], held: Mapping[str, str], settled: Collection[str]
    ) -> "Surroundings":
        redirects = Redirect.objects.values_list("old_path", flat=True)
        images = Image.objects.values_list("pk", flat=True)
        about_people = {page_url(one.path) for one in places if one.layout in ABOUT_PEOPLE}
        waiting = set() if Practitioner.objects.exists() else about_people
        files = {page_url(path): file for path, file in held.items()}
        return cls(frozenset(redirects), frozenset(images), frozenset(waiting), files, settled)


def check_files(
    files: Mapping[str, ContentFile],
    live: Collection[Place],
    book: FactBook,
    held: Mapping[str, str],
    settled: Collection[str],
) -> list[Fault]:
    """Every fault of every file, against the files and `live`: the pages as they will be.

    `held`: by page path the files that are held back, and so don't count; a link to one is a fault
    of its own but in the pages `settled`.
    """
    places = {
        path: Place(file.page_path, file.fields, book.of(file.fields["body"]).anchors)
        for path, file in files.items()
    }
    everything = [*places.values(), *live]
    atlas, around = Atlas.of(everything), Surroundings.of_the_site(everything, held, settled)
    faults = [
        Fault(path, line, message)
        for path, file in files.items()
        for line, message in _check(file, places[path], atlas, around, book)
    ]
    for layout in ONE_EACH:
        first, *others = [path for path, place in places.items() if place.layout == layout] or [""]
        for path in others:
            message = (
                f"one page has the layout “{layout}”, and it is {first}; write “layout: article”"
            )
            faults.append(Fault(path, files[path].line_of("layout"), message))
    return faults


def _check(
    file: ContentFile, place: Place, atlas: Atlas, around: Surroundings, book: FactBook
) -> Iterator[tuple[int, str]]:
    facts = book.of(file.fields["body"])
    for line, message in facts.problems:
        yield _body_line(file, line), message
    for href, line in facts.links:
        if message := _link_fault(href, place, atlas, around):
            yield _body_line(file, line), message
    for src, line in facts.images:
        if message := _image_fault(src, around):
            yield _body_line(file, line), message
    yield from _card_faults(file, place, facts.cards, atlas, around)
    for problem in LAYOUTS[place.layout].body_problems(file.fields["body"]):
        yield _body_line(file, problem.line), problem.message
    for key, message in _detail_faults(place, atlas):
        yield file.line_of(key), message
    if place.layout != "enquiry" and _app_at(page_url(place.path)) != "pages":
        yield 1, f"{page_url(place.path)} is an address of the site itself; rename the file"


def _card_faults(
    file: ContentFile,
    place: Place,
    named: Sequence[tuple[str, int]],
    atlas: Atlas,
    around: Surroundings,
) -> Iterator[tuple[int, str]]:
    """Warning cards that are not there; a card that stands in the wrong folder, or names another."""
    is_card = LAYOUTS[place.layout].is_part
    if is_card and place.folder != FOLDER:
        message = f"a warning card stands in {FOLDER}/; move the file to {FOLDER}/{place.slug}.md"
        yield file.line_of("layout"), message
    known = [path.rpartition("/")[2] for path in atlas.parts]
    for name, line in named:
        if is_card:
            yield _body_line(file, line), "a warning card shows no other card; write its words here"
        elif f"{FOLDER}/{name}" not in atlas.parts and f"/{FOLDER}/{name}/" not in around.held:
            yield _body_line(file, line), missing_card(name, known)


def _body_line(file: ContentFile, line: int) -> int:
    return file.first_body_line + line - 1


def _detail_faults(place: Place, atlas: Atlas) -> Iterator[tuple[str, str]]:
    if LAYOUTS[place.layout].stands_on_index and not atlas.has_index(place):
        wanted = next(one.name for one in LAYOUTS.values() if one.children == place.layout)
        yield (
            "layout",
            f"a page of layout “{place.layout}” stands in a folder whose index.md has layout"
            f" “{wanted}”; move the file there",
        )
    topic, topics = place.fields.get("details.topic"), atlas.topics.get(place.folder, set())
    if topic and topic not in topics:
        known = ", ".join(sorted(topics)) or "none yet"
        yield "topic", f"the topic “{topic}” is not in the folder's index.md; write one of: {known}"
    for key, names in (("phases", "section"), ("sections", "section"), ("drawings", "item")):
        for named in place.fields.get(f"details.{key}") or ():
            if named[names] not in place.anchors:
                yield (
                    key,
                    f"no {names} of this page has the anchor “{named[names]}”; write one of:"
                    f" {', '.join(sorted(place.anchors))}",
                )


def _link_fault(href: str, place: Place, atlas: Atlas, around: Surroundings) -> str:
    """What is wrong with a link; "" if it leads somewhere or off the site."""
    if not href.startswith(("/", "#")):
        return ""
    address, anchor = unquote(urlsplit(href).path), unquote(urlsplit(href).fragment)
    if not address:
        here = place.anchors | atlas.anchors.get(page_url(place.path), set())
        if LAYOUTS[place.layout].stands_on_index:
            here = here | atlas.anchors[page_url(place.folder)]
        if anchor in here:
            return ""
        nowhere = f"no place on this page has the anchor “#{anchor}”"
        return _unless_held(nowhere, href, (page_url(place.folder), anchor), place, around)
    if address in around.waiting and address != page_url(place.path):
        return f"“{href}” leads nowhere while nobody is there: the page comes with the first practitioner"
    if address in atlas.anchors:
        if not anchor or anchor in atlas.anchors[address]:
            return ""
        nowhere = f"“{href}” leads nowhere: {address} has no place with the anchor “#{anchor}”"
        return _unless_held(nowhere, href, (address, anchor), place, around)
    if is_static_file(address) or address in around.redirects:
        return ""
    if _app_at(address) not in ("pages", "admin", None):
        return ""
    if f"{address}/" in atlas.anchors:
        return f"“{href}” lacks its last slash; write {address}/{'#' + anchor if anchor else ''}"
    nowhere = f"“{href}” leads nowhere: there is no page at {address}"
    return _unless_held(nowhere, href, (address, anchor), place, around)


def _unless_held(
    nowhere: str, href: str, to: tuple[str, str], place: Place, around: Surroundings
) -> str:
    """`nowhere`, unless the file of the page that the link leads to, or of one that stands on it, is held back."""
    address, anchor = to
    file = around.held.get(f"{address}{anchor}/") or around.held.get(address)
    if not file:
        return nowhere
    if place.path in around.settled:
        return ""
    return f"“{href}” leads to {file}, which is held back; put right what is wrong there first"


def _image_fault(src: str, around: Surroundings) -> str:
    if src.startswith("image:"):
        if int(src.removeprefix("image:")) in around.images:
            return ""
        return f"there is no image “{src}” in the image library; upload it first"
    if is_static_file(unquote(src)):
        return ""
    return f"there is no file {src}; pictures of the site stand in static/img"


def _app_at(address: str) -> str | None:
    """The name of the app that answers at an address; None where nothing does."""
    try:
        return str(resolve(address).app_name)
    except Resolver404:
        return None
