"""Which files were renamed, told by what they say, as git tells it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

ALIKE = 0.5  # the share of lines, by their length, that an edited file keeps: git's measure for a rename
MOST_PAIRS = 10_000


def renames(
    *, known: Mapping[str, str], lost: Collection[str], files: Mapping[str, str]
) -> dict[str, str]:
    """By new path the old one, for each file that stands elsewhere now. Pure.

    `known`: by path what each file said before; `lost`: those of them that were there until this
    run; `files`: what each says now. A text found again word for word moved, though a new file has
    its old place (a to b, b to d); an edited one is found by what it kept.
    """
    changed = {path: text for path, text in files.items() if known.get(path) != text}
    displaced = {path: text for path, text in known.items() if text and files.get(path) != text}
    by_text: dict[str, list[str]] = {}
    for path, text in sorted(displaced.items(), reverse=True):
        by_text.setdefault(text, []).append(path)
    found = {path: by_text[text].pop() for path, text in changed.items() if by_text.get(text)}
    new = sorted(changed.keys() - known.keys() - found.keys())
    gone = sorted((displaced.keys() & set(lost)) - files.keys() - set(found.values()))
    if len(new) * len(gone) > MOST_PAIRS:
        return found
    for _, path, old in sorted(_alike(new, gone, files, known), reverse=True):
        if path not in found and old not in found.values():
            found[path] = old
    return found


def _alike(
    new: Iterable[str], gone: Iterable[str], files: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[tuple[float, str, str]]:
    lines = {("new", path): Counter(files[path].splitlines()) for path in new}
    lines |= {("old", path): Counter(known[path].splitlines()) for path in gone}
    for path, old in product(new, gone):
        one, other = lines["new", path], lines["old", old]
        share = _weight(one & other) / max(_weight(one), _weight(other), 1)
        if share >= ALIKE:
            yield share, path, old


def _weight(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())
