"""What every page of the inbox shares: the stock admin around it, and going from page to page."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from clinic_site.enquiries.models import Enquiry

SEE_OTHER = 303


def inbox_page(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A template below admin/enquiries/enquiry/ in the admin's frame."""
    whole = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/enquiries/enquiry/{template}.html", whole, status=status)


def to_list() -> HttpResponseRedirect:
    """To the list."""
    return HttpResponseRedirect(reverse("admin:enquiries_enquiry_changelist"), status=SEE_OTHER)


def to_enquiry(pk: int) -> HttpResponseRedirect:
    """To the page of an enquiry."""
    return HttpResponseRedirect(
        reverse("admin:enquiries_enquiry_change", args=[pk]), status=SEE_OTHER
    )


def the_enquiry(pk: int) -> Enquiry:
    """The enquiry, or 404."""
    enquiry: Enquiry = get_object_or_404(
        Enquiry.objects.select_related("assigned_to", "double_of"), pk=pk
    )
    return enquiry


def saved(request: HttpRequest, words: str, *, form: str) -> None:
    """Say that it is done; the browser then forgets what it kept of this form, "call" or "enquiry-12"."""
    messages.success(request, words, extra_tags=f"done-{member(request).pk}-{form}")


def member(request: HttpRequest) -> Any:
    """Who is signed in; the routes are closed to everybody else."""
    return request.user
