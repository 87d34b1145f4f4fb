"""The signed address at which a patient finds their confirmation again. It holds nothing about them."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from clinic_site.enquiries.models import Enquiry

SIGNER = Signer(sep="~", salt="clinic_site.enquiries.confirmation")


def confirmation_path(enquiry: Enquiry) -> str:
    """Its path on this site."""
    return reverse("enquiries:sent", kwargs={"key": SIGNER.sign(enquiry.reference)})


def enquiry_at(key: str) -> Enquiry | None:
    """The enquiry that the last part of the address leads to; None where the signature does not fit."""
    try:
        reference = SIGNER.unsign(key)
    except BadSignature:
        return None
    return Enquiry.objects.filter(reference=reference).first()
