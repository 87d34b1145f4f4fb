"""The pages as rooms beside this one may show them: what the enquiry form needs."""

from clinic_site.pages.rendering.page_view import read_page
from clinic_site.pages.rendering.site_frame import read_frame
from clinic_site.published.pages import Condition, PublishedPages, register


def condition(about: str) -> Condition | None:
    """A condition by its slug or its path; None for any other page."""
    reading = about and (read_page(about) or read_page(f"conditions/{about}"))
    areas = reading.revision.details.get("areas") if reading else None
    return Condition(reading.revision.title, list(areas)) if reading and areas else None


register(PublishedPages(read_page=read_page, read_frame=read_frame, condition=condition))
