"""Filters for the templates of the inbox: people and times in words, and what kind of value a value is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template

from clinic_site.enquiries import labels

register = template.Library()


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """How long before `now`."""
    return labels.ago(moment, now)


@register.filter
def person(user: Any) -> str:
    """A member of staff by name."""
    return labels.person(user)


@register.filter
def is_mapping(value: Any) -> bool:
    """Whether it has labels with values."""
    return isinstance(value, Mapping)


@register.filter
def is_sequence(value: Any) -> bool:
    """Whether it is a list of parts."""
    return isinstance(value, list)


@register.filter
def is_moment(value: Any) -> bool:
    """Whether it is a time."""
    return isinstance(value, datetime)
