"""What the Nu checker says of pages; it needs Java, so its tests are skipped where there is none."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

CHECKER = Path(__file__).parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# It ends before translating itself any further would pay; what is less translated needs more of the stack.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar")
LAGGING = ("@view-transition", "text-wrap", "Trying to recover", "CSS:")  # newer CSS than it knows


def html_errors(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Its errors about these pages, each HTML under a name of its own; skips the test without the checker."""
    if shutil.which("java") is None or not CHECKER.exists():
        pytest.skip("The Nu checker needs Java and `npm install --no-save vnu-jar`.")
    files = []
    for number, (name, html) in enumerate(pages.items()):
        files.append(folder / f"{number}-{name.strip('/').replace('/', '-')[:80]}.html")
        files[-1].write_text(html, "utf-8")
    command = [*JAVA, str(CHECKER), "--errors-only", "--format", "gnu", *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return [line for line in said.splitlines() if not any(word in line for word in LAGGING)]
