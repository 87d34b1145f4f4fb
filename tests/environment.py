"""The variables that tests run with: an empty data folder per process, and nothing that was set outside."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from clinic_site.env import VARIABLES

for name in VARIABLES:
    os.environ.pop(name, None)
os.environ["CLINIC_ENV"] = os.devnull  # not the one of whoever runs the tests
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="clinic-site-test-")
# `make test-services` names a database and a cache server; each process has a part of that server for itself.
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    os.environ["SECRET_KEY"] = "the same for every process of one run of the tests"
if "TEST_CACHE_URL" in os.environ:
    part = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["CACHE_URL"] = f"{os.environ['TEST_CACHE_URL']}/{part}"
# WhiteNoise warns when it is not there.
(Path(os.environ["DATA_DIR"]) / "public" / "static").mkdir(parents=True)
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
# Playwright keeps an event loop in the thread that the tests run in, which makes Django refuse its database there.
# The loop is Playwright's alone and stands still while a test's own code runs, so nothing is blocked.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
