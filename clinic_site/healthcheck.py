"""`python -m clinic_site.healthcheck`: exit code 0 when the site answers on this machine, 1 when it does not.

Any answer below 500 counts: a page that was withdrawn is no reason to start the site anew.
"""

import http.client
import ipaddress
import os
import sys
from urllib.parse import urlsplit

from clinic_site import env

PATIENCE = 5  # seconds
ANYWHERE = {str(ipaddress.IPv4Address(0)): "127.0.0.1", "::": "::1"}


def is_healthy(found: env.Environment) -> bool:
    """Ask for the home page as the reverse proxy does: by the public name, and with the public scheme."""
    address = ANYWHERE.get(found.bind, found.bind)
    headers = {
        "Host": urlsplit(found.site_url).netloc,
        "X-Forwarded-Proto": urlsplit(found.site_url).scheme,
    }
    connection = http.client.HTTPConnection(address, found.port, timeout=PATIENCE)
    try:
        connection.request("HEAD", "/", headers=headers)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_healthy(env.read(os.environ)) else 1)
