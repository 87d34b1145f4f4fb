"""A mail server for tests: keeps what it is given, and fails in the ways that real ones do, for chosen addresses."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.serving import free_port

TAKEN = "250 OK"


class Sink:
    """What it was given is in `messages` (address, message), in order. `rules` say what goes wrong, by address:

    "refuse recipient 550 …", "refuse message 451 …" (any code), "hang", "drop after data" (taken, then no answer),
    "taken in silence" (taken, the answer never comes), "close after" (taken and answered, then the connection ends).
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.rules: dict[str, str] = {}
        self.messages: list[tuple[str, Message]] = []
        self.connections = 0
        self.release = threading.Event()
        self.controller: Controller | None = None

    def start(self) -> None:
        """Listen."""
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True
        )
        self.controller.start()

    def stop(self) -> None:
        """Listen no more; what hangs is let go."""
        self.release.set()
        if self.controller is not None:
            self.controller.stop(no_assert=True)
            self.controller = None

    def addresses(self) -> Counter[str]:
        """How often each address got mail."""
        return Counter(address for address, _ in self.messages)

    def message_ids(self, address: str) -> list[str]:
        """The Message-IDs that this address got."""
        return [str(message["Message-ID"]) for to, message in self.messages if to == address]

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        rule = self.rules.get(address, "")
        if rule.startswith("refuse recipient "):
            return rule.removeprefix("refuse recipient ")
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        rule = self.rules.get(address, "")
        if rule.startswith("refuse message "):
            return rule.removeprefix("refuse message ")
        if rule == "hang":
            await asyncio.get_running_loop().run_in_executor(None, self.release.wait, 60)
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append((address, message_from_bytes(content)))
        if rule == "taken in silence":
            await asyncio.get_running_loop().run_in_executor(None, self.release.wait, 60)
        if rule == "drop after data" and server.transport is not None:
            server.transport.abort()
        if rule == "close after" and server.transport is not None:
            asyncio.get_running_loop().call_soon(server.transport.close)
        return TAKEN
