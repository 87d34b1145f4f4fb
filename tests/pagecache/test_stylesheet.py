"""The styles that stand in the pages: every file is used, none is named that is not there."""

from pathlib import Path

from django.conf import settings

from clinic_site.pagecache.stylesheet import BUNDLES, EVERY_PAGE

CSS = Path(settings.BASE_DIR) / "static" / "css"


def test_the_bundles_name_every_component_and_no_other() -> None:
    named = {*EVERY_PAGE, *(name for own in BUNDLES.values() for name in own)}
    assert named == {path.stem for path in (CSS / "components").glob("*.css")}


def test_no_page_gets_a_component_twice() -> None:
    for kind, own in BUNDLES.items():
        assert len({*EVERY_PAGE, *own}) == len(EVERY_PAGE) + len(own), kind
