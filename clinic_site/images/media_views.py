"""Files of images over HTTP: only names that this room gives out, each with its one true type.

A name holds the hash of the content, so a file is kept by browsers for ever. In production nginx
serves the same folder with the same headers (docs/operations.md); this view is the whole truth
without it, and until a file of an object store has been copied to this machine (store/copies.py).
"""

import re
from pathlib import PurePosixPath

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from clinic_site.images.store.copies import open_for_readers

TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_YEAR = 365 * 24 * 3600  # seconds
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


@require_safe
@csp({"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True})  # type: ignore[arg-type]  # its hints only know views without arguments
def media(request: HttpRequest, name: str) -> HttpResponse:
    """The file of that name; 304 for a browser that has it, 206 for one that wants a part of it."""
    path = PurePosixPath(name)
    etag = f'"{path.stem}"'
    try:
        with open_for_readers(name) as file:
            if _is_known(request.headers.get("If-None-Match", ""), etag):
                response = HttpResponse(status=304)
            else:
                response = _answer(request, file.read(), etag)
    except FileNotFoundError:
        raise Http404(f"There is no file {name}.") from None
    except OSError:  # the store is away: neither to be kept, nor an error of the site
        return HttpResponse(status=503, headers={"Cache-Control": "no-store", "Retry-After": "30"})
    response["Content-Type"] = TYPES[path.suffix]
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


def nothing(request: HttpRequest) -> HttpResponse:
    """Any other name below /media/: whatever is stored there, it is not for readers."""
    raise Http404("This room gives out no file of that name.")


def _answer(request: HttpRequest, data: bytes, etag: str) -> HttpResponse:
    """The whole file, or the one part that is asked for; more parts at once are not worth the while."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return HttpResponse(data)
    start, end = _span(asked[1], asked[2], len(data))
    if start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers = {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}"}
    return HttpResponse(data[start:end], status=206, headers=headers)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Start and end (behind the last byte) of a range; an empty first counts from the end."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _is_known(header: str, etag: str) -> bool:
    tags = parse_etags(header)
    return "*" in tags or any(tag.removeprefix("W/") == etag for tag in tags)
