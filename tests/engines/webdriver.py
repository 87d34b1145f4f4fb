"""Firefox and WebKit by the WebDriver standard's own commands (https://www.w3.org/TR/webdriver2/).

WebKit's driver takes them over HTTP. Firefox takes the same commands on a plain socket: Debian has no geckodriver,
which does no more than pass them on. https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.engines.engine import HEIGHT, PATIENCE, WIDTH, Engine, Refused
from tests.serving import free_port

MINI_BROWSERS = "usr/lib/*/webkit2gtk-4.*/MiniBrowser"
PREFERENCES = {
    "ui.useOverlayScrollbars": 1,  # as on a phone: no bar takes from the width
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
# The commands by their names here: WebKit's method and path, Firefox's name.
COMMANDS = {
    "go": ("POST", "/url", "WebDriver:Navigate"),
    "back": ("POST", "/back", "WebDriver:Back"),
    "reload": ("POST", "/refresh", "WebDriver:Refresh"),
    "run": ("POST", "/execute/sync", "WebDriver:ExecuteScript"),
    "find": ("POST", "/element", "WebDriver:FindElement"),
    "click": ("POST", "/element/{id}/click", "WebDriver:ElementClick"),
    "type": ("POST", "/element/{id}/value", "WebDriver:ElementSendKeys"),
    "resize": ("POST", "/window/rect", "WebDriver:SetWindowRect"),
    "in": ("", "", "Marionette:SetContext"),
    "print": ("POST", "/print", "WebDriver:Print"),
    "quit": ("DELETE", "", "Marionette:Quit"),
}
NARROW = f"gBrowser.selectedBrowser.style.maxWidth = '{WIDTH}px'"
ERRORS = """
const all = Services.console.getMessageArray();
Services.console.reset();
return all
  .filter(one => one instanceof Ci.nsIScriptError && /^https?:/.test(one.sourceName))
  .filter(one => !(one.flags & Ci.nsIScriptError.warningFlag))
  .map(one => `${one.errorMessage} (${one.sourceName})`)
"""
# A driven WebKit counts as private and tells its console nothing; so a page listens once it is there.
LISTEN = """
window.faults = [];
addEventListener("error", event => faults.push(event.message || `no ${event.target.src || event.target.href}`), true);
addEventListener("unhandledrejection", event => faults.push(String(event.reason)));
addEventListener("securitypolicyviolation", event => faults.push(`refused: ${event.violatedDirective}`));
"""
HEARD = "return window.faults?.splice(0) || []"


def firefox(folder: Path) -> Engine:
    """A Firefox with a fresh profile in the folder."""
    port = free_port()
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in {**PREFERENCES, "marionette.port": port}.items()
    ]
    (folder / "user.js").write_text("\n".join(lines))
    program = shutil.which("firefox-esr") or shutil.which("firefox") or "firefox"
    # Faults are read in Firefox's own room, where pages have no say.
    command = [program, "--headless", "--marionette", "--remote-allow-system-access"]
    process = _start([*command, "--no-remote", "--profile", str(folder)], folder)
    connection = _connect(port).makefile("rwb")
    _read_message(connection)  # who speaks
    numbers = count()
    _ask_firefox(connection, next(numbers), "WebDriver:NewSession", {})

    def say(name: str, **given: Any) -> Any:
        return _ask_firefox(connection, next(numbers), COMMANDS[name][2], given)

    def in_its_own_room(script: str) -> Any:
        say("in", value="chrome")
        try:
            return say("run", script=script, args=[])
        finally:
            say("in", value="content")

    in_its_own_room(NARROW)  # no window of its own is as narrow as a phone, so the page in it is
    errors = partial(in_its_own_room, ERRORS)
    return Engine("firefox", say, errors, partial(_end, say, [process]))


def webkit(folder: Path) -> Engine:
    """WebKitGTK's MiniBrowser on a screen that nobody sees."""
    display, screen = _screen(folder)
    port = free_port()
    driver = _start(["WebKitWebDriver", f"--port={port}"], folder, DISPLAY=display)
    _connect(port).close()
    options = {
        "binary": str(next(Path("/").glob(MINI_BROWSERS), "MiniBrowser")),
        "args": ["--automation"],
    }
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    base = f"http://127.0.0.1:{port}/session"
    session = _ask_webkit("POST", base, wanted)["sessionId"]

    def say(name: str, **given: Any) -> Any:
        method, path, _ = COMMANDS[name]
        return _ask_webkit(method, f"{base}/{session}{path.format(**given)}", given)

    say("resize", width=WIDTH, height=HEIGHT)  # or as narrow as its window can be: 447 pixels
    heard = partial(say, "run", script=HEARD, args=[])
    return Engine("webkit", say, heard, partial(_end, say, [driver, screen]), LISTEN)


def _screen(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """A free display, which the server itself picks and tells."""
    reading, writing = os.pipe()
    size = ("-screen", "0", "1280x1600x24")
    command = ["Xvfb", "-displayfd", str(writing), *size, "-nolisten", "tcp"]
    process = _start(command, folder, told=writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}", process


def _start(
    command: list[str], folder: Path, told: int | None = None, **more: str
) -> subprocess.Popen[bytes]:
    name = Path(command[0]).name
    with (folder / f"{name}.words").open("w") as words:
        return subprocess.Popen(
            command,
            env={**os.environ, "HOME": str(folder), **more},
            stdout=words,
            stderr=subprocess.STDOUT,
            pass_fds=[] if told is None else [told],
            start_new_session=True,
        )


def _end(say: Any, processes: list[subprocess.Popen[bytes]]) -> None:
    """Close the browser, then whatever it has left behind."""
    with suppress(Refused, OSError):
        say("quit")
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def _connect(port: int) -> socket.socket:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the browser does not start"
            time.sleep(0.05)


def _ask_firefox(connection: Any, number: int, name: str, given: dict[str, Any]) -> Any:
    message = json.dumps([0, number, name, given]).encode()
    connection.write(b"%d:%s" % (len(message), message))
    connection.flush()
    _, _, error, result = _read_message(connection)
    if error:
        raise Refused(error["message"])
    return result.get("value") if isinstance(result, dict) and "value" in result else result


def _read_message(connection: Any) -> Any:
    length = b""
    while (sign := connection.read(1)) != b":":
        if not sign:
            raise Refused("the browser has gone")
        length += sign
    return json.loads(connection.read(int(length)))


def _ask_webkit(method: str, url: str, given: dict[str, Any]) -> Any:
    kind = {"Content-Type": "application/json"}
    request = Request(url, json.dumps(given).encode(), kind, method=method)
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]
    except OSError as error:
        body = error.read().decode() if hasattr(error, "read") else str(error)
        raise Refused(body) from None
