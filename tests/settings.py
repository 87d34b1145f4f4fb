"""Settings for tests: the site's own, with a quick password hasher and static files that need no preparing."""

import tests.environment
from clinic_site.settings import *
from clinic_site.settings import STORAGES

__all__ = ["PASSWORD_HASHERS", "STORAGES", "tests"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
