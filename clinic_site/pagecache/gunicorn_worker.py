"""gunicorn's worker: uvicorn's own, with this site's configuration."""

from uvicorn_worker import UvicornWorker

LAST_WAIT = (
    7  # seconds that open requests have when the site is told to stop; gunicorn kills after 8
)


class SiteWorker(UvicornWorker):  # type: ignore[misc]  # the package has no types
    """uvicorn with httptools and uvloop, without access log and websockets."""

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": LAST_WAIT,
    }
