"""What the frame of the admin asks the staff room for."""

from django import template

from clinic_site.staff.plain_words import plain_name, plain_one, plain_title

register = template.Library()


@register.filter
def list_name(opts: object) -> str:
    """`{{ opts|list_name }}`: what the list of this model is called, from its `_meta`."""
    return plain_name(opts.model)  # type: ignore[attr-defined]  # Options of a model, which templates hand over


@register.filter
def one_name(opts: object) -> str:
    """`Add {{ opts|one_name }}`: what one of these is called, with its article."""
    return plain_one(opts.model)  # type: ignore[attr-defined]  # as above


@register.filter
def in_plain_words(title: str, opts: object) -> str:
    """`{{ title|in_plain_words:opts }}`: the title of the form of this model."""
    return plain_title(str(title), opts.model)  # type: ignore[attr-defined]  # as above
