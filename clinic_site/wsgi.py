"""The WSGI application: Django, behind the memory of finished pages."""

import os
from datetime import date

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from clinic_site.operations import run_lock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
application = get_wsgi_application()
try:
    run_lock.take_part()
except run_lock.Occupied as refusal:
    raise SystemExit(str(refusal)) from None

# These read models, which are there once Django is set up.
from clinic_site.clinic.reply_by import bc_holidays
from clinic_site.pagecache.page_cache import FinishedPages

# Load the views and the calendar before gunicorn makes its workers: the first patient need not wait for them, and the
# memory is shared.
reverse("admin:index")
bc_holidays(date.today().year)
pages = FinishedPages(
    application,
    hosts=settings.PAGE_HOSTS,
    session_cookie=settings.SESSION_COOKIE_NAME,
    scheme=settings.SITE_URL.partition(":")[0],
)
