"""`{% waiting_for request.user as lines %}`: what waits for whoever is signed in."""

from django import template

from clinic_site.staff.dashboard import waiting_for

register = template.Library()
register.simple_tag(waiting_for, name="waiting_for")
