"""Patients who fill in the real form over HTTP, and who send it again with the same pass until it is confirmed."""

import http.client
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from urllib.parse import urlencode

from clinic_site.enquiries.submission import form_token

FORM = "/book/"
SEE_OTHER, UNAVAILABLE = 303, 503
RETRY = 0.05  # seconds until a patient tries again
CONFIRMATION = re.compile(r"/book/sent/([0-9A-Z-]+)~")


@dataclass
class Submission:
    """One filled-in form. `name` is told by its number, so that what arrives can be compared with what was sent."""

    number: int
    pass_text: str
    location: str = ""
    tries: int = 0
    statuses: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """A made-up name of its own."""
        return f"Patient {self.number}"

    @property
    def reference(self) -> str:
        """The reference on the confirmation; "" until it is confirmed."""
        found = CONFIRMATION.match(self.location)
        return found[1] if found else ""

    def body(self) -> str:
        """The form as a browser sends it."""
        told = {
            "form": self.pass_text,
            "name": self.name,
            "email": f"patient-{self.number}@clinic.example",
            "areas": "knee",
            "prefers": "either",
            "message": f"Words of patient {self.number}.",
            "consent": "on",
        }
        return urlencode(told)

    def headers(self) -> dict[str, str]:
        """From an address of its own, so that nobody is taken for a robot."""
        high, low = divmod(self.number, 250)
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.1.{high}.{low + 1}",
        }


def fill_in(count: int) -> list[Submission]:
    """Filled-in forms with passes of this process's key, served long enough ago for a person to have typed."""
    served, then = [], form_token.time.time
    form_token.time.time = lambda: then() - 60
    try:
        for number in range(count):
            served.append(
                Submission(
                    number, form_token.issue(consent_version="1", consent_wording="Yes").text
                )
            )
    finally:
        form_token.time.time = then
    return served


def send(port: int, submission: Submission, *, patience: float = 20) -> tuple[int, str, str]:
    """One try: status, where it leads and the page. Raises OSError or http.client.HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("POST", FORM, submission.body(), submission.headers())
        answer = connection.getresponse()
        page = answer.read().decode()
        return answer.status, answer.headers.get("Location", ""), page
    finally:
        connection.close()


def answers(port: int, submissions: Sequence[Submission]) -> set[int]:
    """The statuses of one try each, all at once."""
    with ThreadPoolExecutor(len(submissions)) as pool:
        return {status for status, _, _ in pool.map(partial(send, port), submissions)}


def send_until_confirmed(port: int, submission: Submission, *, patience: float = 60) -> None:
    """Try again with the same pass after anything but a confirmation; the answer may have been lost."""
    look, deadline = threading.Event(), monotonic() + patience
    while not submission.location:
        assert monotonic() < deadline, f"never confirmed; answers: {submission.statuses}"
        submission.tries += 1
        try:
            status, location, _ = send(port, submission)
        except (OSError, http.client.HTTPException):
            look.wait(RETRY)
            continue
        submission.statuses.append(status)
        assert status in (SEE_OTHER, UNAVAILABLE), f"answered with {status}"
        submission.location = location
        if not location:
            look.wait(RETRY)
