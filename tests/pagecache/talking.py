"""One connection to a running site, word for word, and the process that holds its other end (Linux)."""

import socket
from http.client import parse_headers
from pathlib import Path

from tests.commands.processes import descendants
from tests.serving import Site

ESTABLISHED = "01"  # include/net/tcp_states.h


class Talk:
    """A connection that stays open."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=30)
        self.file = self.socket.makefile("rb")

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def say(self, words: str) -> None:
        self.socket.sendall(words.encode("latin-1"))

    def head(self, path: str, *lines: str, method: str = "GET") -> str:
        """The head of a request."""
        told = (f"{method} {path} HTTP/1.1", f"Host: localhost:{self.site.port}", *lines, "", "")
        return "\r\n".join(told)

    def hear(self, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """The next answer: status, headers without the date, body."""
        status = int(self.file.readline().split()[1])
        headers = {name.lower(): value for name, value in parse_headers(self.file).items()}
        headers.pop("date", None)
        has_body = method != "HEAD" and status != 304
        size = int(headers.get("content-length", 0)) if has_body else 0
        return status, headers, self.file.read(size)

    def ask(self, path: str, *lines: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        self.say(self.head(path, *lines, method=method))
        return self.hear(method)

    def worker(self) -> int:
        """The process that answers on this connection."""
        ours = f"{self.socket.getsockname()[1]:04X}"
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[2].endswith(f":{ours}") and fields[3] == ESTABLISHED:
                return self._holder(f"socket:[{fields[9]}]")
        raise AssertionError("nobody has taken the connection")

    def _holder(self, link: str) -> int:
        assert self.site.process
        for pid in descendants(self.site.process.pid):
            for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                if descriptor.is_symlink() and str(descriptor.readlink()) == link:
                    return pid
        raise AssertionError(f"nobody holds {link}")


def one_with_each_worker(site: Site, workers: int = 2) -> list[Talk]:
    """A connection to each of the site's workers."""
    found: dict[int, Talk] = {}
    for _ in range(200):
        talk = Talk(site)
        talk.ask("/privacy/")
        if found.setdefault(talk.worker(), talk) is not talk:
            talk.close()
        if len(found) == workers:
            return list(found.values())
    raise AssertionError("not every worker takes connections")
