"""Processes that start at the same moment over an empty data folder end up with one key."""

import subprocess
import sys
from pathlib import Path

from clinic_site.env import BASE_DIR

# Each says that it is ready, waits for the starting shot (the end of its input) and then asks for the key.
RACER = """
import sys
from pathlib import Path
from clinic_site import env
print("ready", flush=True)
sys.stdin.read()
print(env.secret_key(Path(sys.argv[1])))
"""


def test_all_agree(tmp_path: Path) -> None:
    racers = [
        subprocess.Popen(
            (sys.executable, "-c", RACER, str(tmp_path)),
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.close()
    keys = {racer.stdout.read() for racer in racers if racer.stdout}
    assert [racer.wait(30) for racer in racers] == [0] * 6
    assert len(keys) == 1
    assert keys == {(tmp_path / "secret_key").read_text() + "\n"}
