"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
application = get_wsgi_application()
# Load the views before gunicorn makes its workers: the first patient need not wait for it, and the memory is shared.
reverse("admin:index")
