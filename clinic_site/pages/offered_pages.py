"""The pages as rooms beside this one may show them: what the enquiry form needs."""

from clinic_site.pages.rendering.page_view import read_page
from clinic_site.pages.rendering.site_frame import read_frame
from clinic_site.published_pages import PublishedPages, register


def body_areas(about: str) -> list[str]:
    """The areas of the body that a condition is about, by its slug or its path; none for any other page."""
    reading = about and (read_page(about) or read_page(f"conditions/{about}"))
    return list(reading.revision.details.get("areas", ())) if reading else []


register(PublishedPages(read_page=read_page, read_frame=read_frame, body_areas=body_areas))
