"""A folder of the code, of the tests or of the benchmarks holds no more modules than one can take in at a glance."""

from collections import Counter

from tests.architecture.source import modules, name

MOST_MODULES = 20


def test_no_folder_has_more_than_twenty_modules() -> None:
    counts = Counter(
        name(path.parent)
        for path in modules("clinic_site", "tests", "bench")
        if path.name != "__init__.py"
    )
    assert len(counts) > 80
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}
