"""Carries out a Dockerfile's steps in plain folders, for machines without a container engine.

Each stage is a folder that stands for `/`. Absolute paths that the file uses are mapped into it, the steps run with
this machine's Python, and programs that would change the machine (useradd, chown) are replaced by ones that only say
that they were called.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

OURS = re.compile(r"(?<![\w./-])/(site|data|public|caddy|var/lib/apt)\b")
HARMLESS = ("useradd", "chown", "apt-get")


@dataclass
class Stage:
    """One stage of the build: its root folder, its working folder and what its steps have set."""

    root: Path
    work: Path
    environment: dict[str, str]
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def mapped(self, text: str) -> str:
        """The text with the folders that it names meant inside this stage's root."""
        return OURS.sub(rf"{self.root}/\1", text)


def steps(text: str) -> list[tuple[str, str]]:
    """(instruction, arguments) in order; comments left out, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    split = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(name.upper(), rest) for name, rest in split]


class Build:
    """The stages of one Dockerfile, built from the context folder into `folder`."""

    def __init__(self, context: Path, folder: Path) -> None:
        self.context = context
        self.folder = folder
        self.stages: dict[str, Stage] = {}
        self.tools = folder / "tools"
        self.tools.mkdir(parents=True)
        (self.tools / "python").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
        for name in HARMLESS:
            (self.tools / name).write_text(f'#!/bin/sh\necho "{name} $*"\n')
            (self.tools / name).chmod(0o755)

    def run(self, text: str) -> Stage:
        """Carry out every step; the last stage."""
        stage = None
        for name, rest in steps(text):
            if name == "FROM":
                stage = self._begin(rest)
            else:
                assert stage, "FROM comes first"
                getattr(self, f"_{name.lower()}")(stage, rest)
        assert stage
        return stage

    def _begin(self, rest: str) -> Stage:
        image, _, label = re.sub(r"\s+as\s+", " ", rest, flags=re.IGNORECASE).partition(" ")
        assert image.startswith("python:3.")
        root = self.folder / (label or "final")
        root.mkdir()
        environment = {"PATH": f"{self.tools}:{os.environ['PATH']}", "HOME": str(root)}
        pip = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
        pip["PIP_NO_COMPILE"] = "1"  # of all that is installed, a start needs a small part
        self.stages[label or "final"] = Stage(root, root, environment | pip)
        return self.stages[label or "final"]

    def _workdir(self, stage: Stage, rest: str) -> None:
        stage.work = Path(stage.mapped(rest))
        stage.work.mkdir(exist_ok=True)

    def _copy(self, stage: Stage, rest: str) -> None:
        source, target = [word for word in rest.split() if not word.startswith("--")]
        if origin := re.match(r"--from=(\w+)", rest):
            found = Path(self.stages[origin[1]].mapped(source))
        else:
            found = self.context / source
        place = stage.work / stage.mapped(target)
        if found.is_dir():
            shutil.copytree(
                found, place, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy2(found, place)

    def _run(self, stage: Stage, rest: str) -> None:
        done = subprocess.run(
            ("/bin/sh", "-c", stage.mapped(rest)),
            cwd=stage.work,
            env=stage.environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, f"RUN {rest}\n{done.stdout}{done.stderr}"

    def _env(self, stage: Stage, rest: str) -> None:
        name, _, value = rest.partition("=")
        stage.environment[name] = stage.mapped(value).replace("$PATH", stage.environment["PATH"])

    def _user(self, stage: Stage, rest: str) -> None:
        stage.user = rest

    def _volume(self, stage: Stage, rest: str) -> None:
        stage.volumes.append(rest)

    def _expose(self, stage: Stage, rest: str) -> None:
        assert rest == stage.environment["PORT"]

    def _healthcheck(self, stage: Stage, rest: str) -> None:
        stage.health = json.loads(rest[rest.index("[") :])
        assert shlex.join(stage.health)

    def _cmd(self, stage: Stage, rest: str) -> None:
        stage.command = json.loads(rest)
