"""How many examples a property is tried with: its own number, or a multiple of it where a run says so.

`FUZZ=20 pytest` tries each twenty times as often, for `make long`; new examples each time, unless CI is set.
"""

import os

TIMES = int(os.environ.get("FUZZ", "1"))


def examples(count: int) -> int:
    """For `max_examples`: so many in the ordinary run."""
    return count * TIMES
