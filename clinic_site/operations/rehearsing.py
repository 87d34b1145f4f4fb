"""What a process would learn from its first patients, learnt before it is forked from one that knows.

gunicorn's parent never answers anybody, so a process forked in place of one that was killed would read the templates
and compile what checks an address anew, while a patient waits and others wait for that patient's turn.
"""

import logging

from django.db import connections
from django.template.loader import get_template
from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter

from clinic_site.operations.asking import ask
from clinic_site.pagecache.serving import Application

FORM = "/book/"
# Without name and consent: shown again, never kept.
UNFINISHED = b"email=nobody@example.com&phone=604-555-0100"
MAILS = "emails/enquiry_for_staff.txt", "emails/enquiry_for_patient.txt"
logger = logging.getLogger(__name__)


class Website(WSGIApplication):
    """gunicorn with a parent that rehearses."""

    def run(self) -> None:
        """Serve until told to stop."""
        ReadyArbiter(self).run()


class ReadyArbiter(Arbiter):
    """gunicorn's parent. Once its first workers serve, it learns what the later ones shall know."""

    has_rehearsed = False

    def manage_workers(self) -> None:
        """Called before the first workers are forked, then every second and whenever one has ended."""
        if self.WORKERS and not self.has_rehearsed:
            self.has_rehearsed = True
            rehearse(self.app.wsgi())
        super().manage_workers()


def rehearse(application: Application) -> None:
    """Show the form to nobody, and show it again as to somebody who has not finished it.

    Leaves no connection to the database open: those that are forked could not share it. Never raises.
    """
    try:
        ask(application, FORM)
        ask(application, FORM, form=UNFINISHED)
        for name in MAILS:
            get_template(name)
    except Exception as error:
        logger.error("What later processes need was not learnt: %s", type(error).__name__)
    finally:
        connections.close_all()
