"""The page of pictures: enquiries in numbers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from clinic_site.enquiries.inbox.bar_charts import columns, lines
from clinic_site.enquiries.inbox.statistics import deletions, figures
from clinic_site.enquiries.inbox.views.admin_page import inbox_page


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The figures of half a year."""
    said = figures()
    charts = [
        columns("weeks", "Enquiries per week", "Week from", said.weeks),
        lines("answers", "Time to answer", "Answered within", said.answers),
        lines("areas", "Where it hurts", "Area", said.areas, "One enquiry can name several areas."),
        columns("hours", "When they arrive", "Hour of the day", said.hours),
    ]
    return inbox_page(
        request, "figures", title="Figures", figures=said, charts=charts, deletions=deletions()
    )
