#!/usr/bin/env python
"""Django's command line for this site."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        gc.disable()  # loading the site makes things to keep; operations/supervisor.py sets it going again
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    execute_from_command_line(sys.argv)
