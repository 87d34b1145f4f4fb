"""64 clients who send slowly and 64 who read slowly, and how long everybody else waits meanwhile."""

import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.figures import Part, short
from bench.running import let_settle, prepared_site, running
from bench.start import COMMAND
from tests.pagecache.talking import Talk
from tests.serving import Site

SLOW, ROUNDS, ASKED, LIMIT = 64, 3, 25, 3
STEP = 0.05  # seconds between what one slow client says or reads and the next bit
PATHS = {"a page": "/safety/", "the form": "/book/", "a 404": "/no-such-page/"}
FORM = "Content-Type: application/x-www-form-urlencoded", "Content-Length: 50000"
UNREAD = 20  # answers that each slow reader has asked for
Times = dict[str, list[float]]


def measure() -> Part:
    """Medians with the slow ones and without, in turns; the ratio of each."""
    part = Part("Slow clients")
    crowds = {"slow senders": senders, "slow readers": readers}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = prepared_site(folder)
        with running(
            COMMAND, port=site.port, path="/", folder=folder, variables=site.environment
        ) as process:
            let_settle(process.pid)
            for who, crowd in crowds.items():
                alone, meanwhile = _rounds(site, process.pid, crowd)
                _told(part, who, alone, meanwhile)
    part.heads = ("answered, median ms", "without", "meanwhile", "ratio", "slowest meanwhile")
    part.notes.append(
        f"The whole site, two workers, no proxy. {SLOW} senders say a byte of a form, {SLOW} readers take a few bytes"
        f" of {UNREAD} answers, each some times a second. {ROUNDS} rounds in turns of {ASKED} requests of each kind."
    )
    return part


def _told(part: Part, who: str, alone: Times, meanwhile: Times) -> None:
    ratios = {}
    for what in PATHS:
        without, with_them = statistics.median(alone[what]), statistics.median(meanwhile[what])
        ratios[what] = with_them / without
        told = (short(without), short(with_them), f"{short(ratios[what])} x")
        part.rows.append((f"{what}, {SLOW} {who}", *told, short(max(meanwhile[what]))))
    for what, ratio in ratios.items():
        part.at_most(
            f"{what} beside {SLOW} {who}", ratio, LIMIT, " x", beside=f"{what} without them"
        )


def _rounds(
    site: Site, pid: int, crowd: Callable[[ExitStack, Site], "Crowd"]
) -> tuple[Times, Times]:
    alone: Times = {what: [] for what in PATHS}
    meanwhile: Times = {what: [] for what in PATHS}
    for _ in range(ROUNDS):
        _ask_all(site, alone)
        with ExitStack() as stack:
            slow = crowd(stack, site)
            let_settle(pid)
            with slow.going_on():
                _ask_all(site, meanwhile)
        let_settle(pid)
    return alone, meanwhile


def _ask_all(site: Site, times: Mapping[str, list[float]]) -> None:
    """Ask for each kind in turns, each from a fresh connection, as a patient who comes; ms."""
    for turn in range(ASKED):
        for what, path in PATHS.items():
            began = time.perf_counter()
            with closing(Talk(site)) as talk:
                status = talk.ask(path)[0]
            took = (time.perf_counter() - began) * 1000
            if status not in (200, 404):
                raise RuntimeError(f"{path} answers {status}")
            if turn:
                times[what].append(took)


class Crowd:
    """Slow clients who go on in a thread of their own."""

    def __init__(self, talks: list[Talk], step: Callable[[Talk], object]) -> None:
        self.talks, self.step = talks, step

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Each takes its step some times a second until the end of the block."""
        is_over = threading.Event()

        def go_on() -> None:
            while not is_over.wait(STEP):
                for talk in self.talks[:: len(self.talks) // 16]:
                    self.step(talk)
                self.talks = [*self.talks[1:], self.talks[0]]

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


def senders(stack: ExitStack, site: Site) -> Crowd:
    """Who have begun to send a form."""
    talks = [stack.enter_context(closing(Talk(site))) for _ in range(SLOW)]
    for talk in talks:
        talk.say(talk.head("/book/", *FORM, method="POST") + "name=")
    return Crowd(talks, lambda talk: talk.say("a"))


def readers(stack: ExitStack, site: Site) -> Crowd:
    """Who have asked for more than their connection holds."""
    talks = [stack.enter_context(closing(Talk(site))) for _ in range(SLOW)]
    for talk in talks:
        talk.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        talk.say(talk.head("/faq/?unread=1") * UNREAD)
    return Crowd(talks, lambda talk: talk.socket.recv(512))
