"""The site's own settings, with a mail server that is waited for only a moment."""

from clinic_site.settings import *

EMAIL_TIMEOUT = 2
