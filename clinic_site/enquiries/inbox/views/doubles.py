"""Closing an enquiry as a double of another over HTTP."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from clinic_site.enquiries.inbox.views.admin_page import member, the_enquiry, to_enquiry
from clinic_site.enquiries.inbox.views.detail import GONE
from clinic_site.enquiries.inbox.views.enquiry_list import chosen_in
from clinic_site.enquiries.staff_actions.doubles import close_as_double
from clinic_site.enquiries.staff_actions.handle import Gone, Stale

STALE = "Somebody changed it meanwhile, so it was not closed. Look at it, then close it again."


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it as a double of the one that was chosen."""
    version = request.POST.get("version", "")
    of = chosen_in(request).exclude(pk=pk).first()
    if of is None or not version.isdecimal() or len(version) > 9:
        return to_enquiry(pk)
    try:
        close_as_double(enquiry=the_enquiry(pk), version=int(version), of=of, by=member(request))
        messages.success(request, f"Closed as a double of {of.reference}.")
    except Stale:
        messages.warning(request, STALE)
    except Gone:
        messages.warning(request, GONE)
    return to_enquiry(pk)
