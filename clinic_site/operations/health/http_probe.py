"""Whether the site answers on this machine, asked from outside its processes as the reverse proxy asks."""

import http.client
import ipaddress
from urllib.parse import urlsplit

from django.conf import settings

from clinic_site.operations.health.fault import Fault

ANYWHERE = {str(ipaddress.IPv4Address(0)): "127.0.0.1", "::": "::1"}
PATIENCE = 5  # seconds
OK = 200


def alive_fault() -> Fault | None:
    """Nobody answers at the port of the site."""
    site = urlsplit(settings.SITE_URL)
    address = ANYWHERE.get(settings.BIND, settings.BIND)
    connection = http.client.HTTPConnection(address, settings.PORT, timeout=PATIENCE)
    try:
        headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
        connection.request("GET", "/healthz", headers=headers)
        if connection.getresponse().status == OK:
            return None
        reason = "something else does"
    except (OSError, http.client.HTTPException) as error:
        reason = str(error)
    finally:
        connection.close()
    return Fault(
        "web",
        f"The site does not answer at {address}:{settings.PORT} ({reason}).",
        "Start it: sudo systemctl start clinic-web (or make run). Its log: journalctl -u clinic-web -n 50.",
    )
