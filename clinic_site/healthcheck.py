"""`python -m clinic_site.healthcheck`: exit code 0 when all is well, 1 with the reasons when it is not.

The container and the systemd timer ask so. It asks the running site for /readyz, by itself writes nothing and makes
nothing, and `--alive` asks for /healthz alone: whether the site answers.
"""

import http.client
import ipaddress
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from clinic_site import env, env_file
from clinic_site.operations.health.token import own_token

PATIENCE = 9  # seconds
ANYWHERE = {str(ipaddress.IPv4Address(0)): "127.0.0.1", "::": "::1"}
OK, ALIVE, READY = 200, "/healthz", "/readyz"


def ask(variables: Mapping[str, str], path: str = READY) -> tuple[bool, list[str]]:
    """Whether the answer is 200, and the reasons it gives where it is not."""
    listening = env.listening(variables)
    address = ANYWHERE.get(listening.bind, listening.bind)
    connection = http.client.HTTPConnection(address, listening.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=_headers(listening.site_url, variables))
        answer = connection.getresponse()
        return answer.status == OK, _reasons(answer.read())
    except (OSError, http.client.HTTPException) as error:
        return False, [f"The site does not answer at {address}:{listening.port} ({error})."]
    finally:
        connection.close()


def _headers(site_url: str, variables: Mapping[str, str]) -> dict[str, str]:
    """As the reverse proxy asks: by the public name, and with the public scheme."""
    site = urlsplit(site_url)
    key = variables.get("SECRET_KEY") or _kept_key(variables)
    word = {"Authorization": f"Bearer {own_token(key)}"} if key else {}
    return {"Host": site.netloc, "X-Forwarded-Proto": site.scheme} | word


def _kept_key(variables: Mapping[str, str]) -> str:
    """The key in DATA_DIR; nothing where there is none: this is not the place to make one."""
    folder = Path(variables.get("DATA_DIR") or env.BASE_DIR / "var").expanduser()
    try:
        return (folder / "secret_key").read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""


def _reasons(body: bytes) -> list[str]:
    try:
        found = json.loads(body).get("faults", [])
        return [f"{fault['text']} {fault['advice']}" for fault in found]
    except (ValueError, AttributeError, KeyError, TypeError):
        return []


if __name__ == "__main__":
    is_well, reasons = ask(
        env_file.variables(os.environ), ALIVE if "--alive" in sys.argv[1:] else READY
    )
    if not is_well:
        print("\n".join(reasons or ["The site answers, but not as it should."]))
    sys.exit(0 if is_well else 1)
