"""What the frame of the admin asks the staff room for."""

from django import template

from clinic_site.staff.plain_words import plain_name

register = template.Library()


@register.filter
def list_name(opts: object) -> str:
    """`{{ opts|list_name }}`: what the list of this model is called, from its `_meta`."""
    return plain_name(opts.model)  # type: ignore[attr-defined]  # Options of a model, which templates hand over
