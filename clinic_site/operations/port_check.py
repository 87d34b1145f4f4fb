"""The address to listen on, tried before anything is prepared."""

import errno
import socket


class AddressRefused(Exception):
    """The site cannot listen there; the message is one sentence that says what to do."""


def require_free(host: str, port: int) -> None:
    """Raise AddressRefused unless this process may listen on host:port at this moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        # As gunicorn does: connections of the last run that linger in TIME_WAIT are no obstacle.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            # Refused where somebody listens. It does not listen itself: whoever waits for the site would be let in,
            # and turned away a moment later.
            trial.bind((host, port))
        except OSError as error:
            raise AddressRefused(_advice(error, host, port)) from None


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8001
        return (
            f"Port {port} is taken: stop the program that listens there, "
            f"or choose another port, such as PORT={other} make run."
        )
    if error.errno == errno.EACCES:
        return (
            f"This user may not listen on port {port}: choose one from 1024 up, such as PORT=8000."
        )
    return f"Cannot listen on {host} ({error.strerror}): set BIND to an address of this machine, such as 127.0.0.1."
