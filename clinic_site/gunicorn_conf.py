"""gunicorn's configuration, with the reasons; addresses and numbers come from settings.py.

`manage.py serve` runs gunicorn with it.
"""

import gc
import os
import resource
import signal
import sys
from typing import Any

from django.conf import settings

from clinic_site.logs import logging_with
from clinic_site.operations.supervisor import end_with

MOST_OPEN = 65_536  # files and connections of a process
STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGQUIT}
wsgi_app = "clinic_site.asgi:application"
bind = (
    f"[{settings.BIND}]:{settings.PORT}"
    if ":" in settings.BIND
    else f"{settings.BIND}:{settings.PORT}"
)
# Two processes: one goes on answering while the other starts anew.
worker_class = "clinic_site.pagecache.gunicorn_worker.SiteWorker"
workers = settings.WORKERS
preload_app = True  # the code is loaded once and shared by the workers
keepalive = 65  # seconds; longer than the reverse proxy's 60, so that it never writes to a closed connection
graceful_timeout = 8  # seconds; the supervisor kills after 9, Docker after 10
timeout = 30  # seconds without a sign of life from a worker's main thread; it does not stop a slow request
umask = 0o077  # its own default would make sockets for everybody
# The heartbeat is a file: on a disk that hangs, workers would be killed for it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True  # nobody uses it, and it would write to the home folder
forwarded_allow_ips = settings.FORWARDED_ALLOW_IPS  # who may say X-Forwarded-Proto and -For
accesslog = None  # addresses and paths of patients stay out of logs
# Applied anew whenever the parent gets SIGHUP, so it has all that the site's own logging has.
SITE_LOGGING = logging_with(json_lines=settings.LOG_JSON)
logconfig_dict = SITE_LOGGING | {
    "loggers": {
        **SITE_LOGGING["loggers"],
        # Its warnings quote malformed requests, and so what people typed.
        "gunicorn.error": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}


def on_starting(server: Any) -> None:
    """A worker that is told to stop before it can listen to signals stops at once.

    Until then it has gunicorn's own handlers, in which a signal is lost: the stop would take graceful_timeout.
    """
    _hold_many_connections()
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPS),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS),
        after_in_child=_stop_by_default,
    )


def _hold_many_connections() -> None:
    """As many as the machine lets a process have: with its usual 1,024, some thousand idle ones would shut all out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _stop_by_default() -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def post_fork(server: Any, worker: Any) -> None:
    """In each worker: it stops as soon as the parent is gone, so that the next start finds the port free.

    A thread that draws a page lets go after 0.5 ms, so that pages in memory hardly wait for it.
    """
    sys.setswitchinterval(0.0005)
    end_with(server.pid)


def when_ready(server: Any) -> None:
    """Before the workers are forked: what is loaded stays out of their garbage collection, and so shared."""
    gc.collect()
    gc.freeze()
