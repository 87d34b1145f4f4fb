"""Settings for tests: the site's own, with a quick password hasher and static files that need no preparing."""

import tests.environment
from clinic_site.settings import *
from clinic_site.settings import DATABASES, STORAGES

__all__ = ["DATABASES", "PASSWORD_HASHERS", "STORAGES", "tests"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# In memory. pytest-django, which does not know the site's own backend, puts the name of its process at the end.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": "file:tests?mode=memory&cache=shared&process="}
else:
    DATABASES["default"]["ENGINE"] = "tests.databases.postgresql"
