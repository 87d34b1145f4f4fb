"""The site's own settings, with a database that is waited for only a moment."""

from clinic_site.settings import *
from clinic_site.settings import DATABASES

DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA busy_timeout=200;"
