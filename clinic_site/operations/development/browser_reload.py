"""Hot reload: pages that are open in a browser open anew after a change. Settings put it in with DEBUG alone.

Its script comes from the site itself, so that the policy of pages stays as strict as it is for patients.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PREFIX = "/__dev__/"
LONGEST_WAIT = 20  # seconds that a browser waits for news before it asks again
SCRIPT = Path(__file__).with_name("reload.js")
TAG = f'<script type="module" src="{PREFIX}reload.js"></script></body>'.encode()


class Changes:
    """How often something has changed, for as many threads as wait for the next time."""

    def __init__(self) -> None:
        self._number = 0
        self._condition = threading.Condition()

    @property
    def version(self) -> str:
        """Another one after each change, and in each process: code changes by a new process."""
        return f"{os.getpid()}-{self._number}"

    def tell(self) -> None:
        """Something has changed."""
        with self._condition:
            self._number += 1
            self._condition.notify_all()

    def wait(self, seen: str, seconds: float) -> str:
        """The version, as soon as it is not the one that was seen; the same one after so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self.version != seen, seconds)
            return self.version


changes = Changes()


class Answers:
    """Middleware, the first: what the script asks, and the script. No session and no log is touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == f"{PREFIX}version":
            version = changes.wait(request.GET.get("seen", ""), LONGEST_WAIT)
            return HttpResponse(version, "text/plain", headers={"Cache-Control": "no-store"})
        if request.path == f"{PREFIX}reload.js":
            return HttpResponse(
                SCRIPT.read_bytes(), "text/javascript", headers={"Cache-Control": "no-store"}
            )
        return self.get_response(request)


class AddScript:
    """Middleware, the last: each page loads the script."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(response, HttpResponse):
            before, end, after = response.content.rpartition(b"</body>")
            response.content = before + TAG + after if end else after
        return response
