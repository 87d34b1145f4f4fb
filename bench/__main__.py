"""`python -m bench [PART …]`: measure all or the named parts; a run of all writes docs/benchmarks.md.

It is never a test: nothing here fails because a machine is busy. `make bench` runs all.
"""

import os
import sys
import time
from datetime import UTC, datetime

import django
from django.utils.module_loading import import_string

from bench.figures import Figure, Missing, Part, figure_table, section
from bench.machine import described, load, quietness
from clinic_site.env import BASE_DIR

REPORT = BASE_DIR / "docs" / "benchmarks.md"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
PARTS = import_string("bench.parts.PARTS")  # after the set-up, as the parts import models


def main(names: list[str]) -> str:
    """Measure; the report as Markdown."""
    if unknown := set(names) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}.")
    began, load_before, quiet = time.monotonic(), load(), quietness()
    parts = [_measured(name) for name in names or PARTS]
    took = time.monotonic() - began
    lines = [
        "# Benchmarks",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {took:.0f} s, by `make bench`. {described()}."
        f" Load averages before: {load_before}; after: {load()}. {quiet}",
        "",
        "## Promises",
        "",
        *figure_table([figure for part in parts for figure in part.figures]),
        "",
        *(line for part in parts for line in section(part)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _measured(name: str) -> Part:
    """One part, told as it ends; what is missing, or went wrong, is a figure too."""
    print(f"{name} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    try:
        part = PARTS[name]()
    except Missing as missing:
        part = Part(name.capitalize(), [Figure(name, f"skipped: {missing}")])
    except (RuntimeError, OSError, AssertionError) as error:
        part = Part(
            name.capitalize(), [Figure(name, f"failed: {' '.join(str(error).split())[-300:]}")]
        )
    part.notes.append(
        f"Load averages after it: {load()}; it took {time.monotonic() - began:.0f} s."
    )
    for figure in part.figures:
        print(
            f"  {figure.what}: {figure.measured} ({figure.wanted}) {figure.verdict}",
            file=sys.stderr,
        )
    return part


if __name__ == "__main__":
    chosen = sys.argv[1:]
    report = main(chosen)
    if chosen:
        print(report)
    else:
        REPORT.write_text(report, "utf-8")
        print(f"Written: {REPORT.relative_to(BASE_DIR)}", file=sys.stderr)
