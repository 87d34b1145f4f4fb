"""gunicorn's worker: uvicorn's own, with this site's configuration."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn_worker import UvicornWorker

LAST_WAIT = (
    7  # seconds that open requests have when the site is told to stop; gunicorn kills after 8
)
ON_ITS_WAY = 1.0  # seconds that a request may take to arrive on a connection that is open already
ONE_LOOK = 0.001  # seconds; the loop reads what has arrived before it comes to what is due


class LastRequests(HttpToolsProtocol):
    """uvicorn's HTTP; a process that is told to stop still answers what is on its way to it.

    uvicorn closes connections that are idle at that moment. A form that a web server in front has just written to one
    of them, or that comes on a connection accepted a moment ago, would be lost: the patient gets a 502.
    """

    is_leaving = False

    def shutdown(self) -> None:
        """Close the connection after the answer to what it has asked, or asks within a moment from now."""
        self.is_leaving = True
        self.loop.call_later(ON_ITS_WAY, self.loop.call_later, ONE_LOOK, super().shutdown)

    def on_headers_complete(self) -> None:
        """A request has begun; the answer says that it is the last one."""
        super().on_headers_complete()
        if self.is_leaving and self.cycle:
            self.cycle.keep_alive = False


class SiteWorker(UvicornWorker):  # type: ignore[misc]  # the package has no types
    """uvicorn with httptools and uvloop, without access log and websockets."""

    CONFIG_KWARGS: dict[str, Any] = {
        "loop": "uvloop",
        "http": LastRequests,
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": LAST_WAIT,
    }
