"""Cards over HTTP: drawn once for what they say, kept in DATA_DIR/cards under the hash of it."""

import os
import threading
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from clinic_site.clinic.models import Clinic
from clinic_site.pages.listing import with_own_address
from clinic_site.pages.models import HOME, Revision
from clinic_site.seo.cards import Card, draw

MOST_KEPT = 5_000  # cards; the oldest leave first and are drawn again when somebody asks
PATIENCE = 2.0  # seconds that a request waits for the one card that is being drawn
NAMELESS = "IMS Dry Needling"
FOR_EVER = "public, max-age=31536000, immutable"
_drawing = threading.Lock()


class TooBusy(Exception):
    """Another card is being drawn."""


def card_of(revision: Revision, clinic: Clinic | None) -> Card:
    """What the page's card says: its title, on the home page its headline, and the clinic's name."""
    title = revision.details.get("headline") if revision.page.path == HOME else None
    return Card(title or revision.title, clinic.name if clinic else NAMELESS)


def card_url(revision: Revision, clinic: Clinic | None) -> str:
    """The address of the page's card; it changes with what the card says."""
    return f"/card/{revision.page.path}.{card_of(revision, clinic).hash}.png"


@require_safe
def card(request: HttpRequest, path: str, said: str) -> HttpResponse:
    """The card of a live page; an older one's address leads to what it says now."""
    revision = with_own_address().filter(page__path=path).first()
    if revision is None:
        raise Http404(f"Nothing is live at {path}.")
    clinic = Clinic.objects.first()
    now = card_of(revision, clinic)
    if said != now.hash:
        return HttpResponseRedirect(card_url(revision, clinic))
    try:
        picture = kept(now)
    except TooBusy:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    headers = {"Cache-Control": FOR_EVER, "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(picture, content_type="image/png", headers=headers)


def kept(card: Card) -> bytes:
    """The card from DATA_DIR/cards, drawn when it is not there, one at a time; raises TooBusy."""
    place = folder() / f"{card.hash}.png"
    try:
        return place.read_bytes()
    except FileNotFoundError:
        if not _drawing.acquire(timeout=PATIENCE):
            raise TooBusy from None
    try:
        picture = draw(card)
        place.parent.mkdir(parents=True, exist_ok=True)
        trial = place.with_name(f".{card.hash}-{os.getpid()}")
        trial.write_bytes(picture)
        trial.replace(place)
    finally:
        _drawing.release()
    return picture


def folder() -> Path:
    """Where cards are kept."""
    return Path(settings.DATA_DIR) / "cards"


def keep_cards(*, count: int = 50) -> int:
    """Draw the cards of the pages that changed last, before anybody asks; how many were new. Drops old files."""
    clinic = Clinic.objects.first()
    there = {place.stem for place in folder().glob("*.png")}
    latest = with_own_address().order_by("-publish_at", "-pk")[:count]
    missing = {one.hash: one for one in (card_of(page, clinic) for page in latest)}
    wanted = [one for name, one in missing.items() if name not in there]
    for one in wanted:
        kept(one)
    _prune()
    return len(wanted)


def _prune() -> None:
    places = sorted(folder().glob("*.png"), key=lambda place: place.stat().st_mtime)
    for place in places[:-MOST_KEPT]:
        place.unlink(missing_ok=True)
