"""What the worker does, and how often: one line per job, each a plain function of its room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from clinic_site.enquiries.staff_actions.retention import purge
from clinic_site.enquiries.submission.spam import forget_senders
from clinic_site.images.actions import prune
from clinic_site.images.store.copies import CopyKeeper
from clinic_site.operations.backups.nightly import back_up_nightly
from clinic_site.operations.health.alarm import sound_alarm
from clinic_site.operations.health.clock_watch import ClockWatch
from clinic_site.operations.indexnow import tell_search_engines
from clinic_site.operations.static_export import EditionWriter
from clinic_site.outbox.retention import drop_old_words
from clinic_site.outbox.sending import send_due_mail
from clinic_site.pages.actions.review_reminders import tell_reviewers
from clinic_site.pages.checks.external_links import check_links
from clinic_site.pages.checks.live_pages import keep_checks
from clinic_site.search.index.indexing import keep_in_step
from clinic_site.search.missed.recording import forget_missed, record_missed
from clinic_site.search.quality import measure_quality
from clinic_site.staff.audit import drop_old_events
from clinic_site.staff.second_factor.policy import start_deadlines
from clinic_site.staff.sessions.known_devices import drop_old_devices
from clinic_site.staff.sessions.open_sessions import drop_old_sessions
from clinic_site.staff.sign_in.login_throttling import drop_old_attempts


@dataclass(frozen=True)
class Job:
    """A function without arguments, run again `every` so often after the last run began.

    A run that takes longer than `limit` hangs; it ends the worker, which is then started again. One that
    `can_be_left` is not waited for when the site stops: the next start does it anew. One that `gives_way` rests between
    its steps, so that a publish that is due is not held up. `first_after`: how long the first run waits, so that a
    start has the machine to itself.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    limit: timedelta = timedelta(minutes=15)
    can_be_left: bool = False
    gives_way: bool = False
    first_after: timedelta = timedelta(0)


EDITION = EditionWriter()
CLOCK = ClockWatch()
PICTURES = CopyKeeper()
SETTLED = timedelta(seconds=20)  # the first pages were read and are in memory
A_LONG_LOOK = timedelta(hours=2)  # at some ten thousand pages, with rests between them
JOBS = (
    # Twelve answers of a mail server that takes 10 s over each are two minutes.
    Job("mail", timedelta(seconds=1), send_due_mail, limit=timedelta(minutes=3)),
    Job("alarm", timedelta(minutes=1), sound_alarm, first_after=SETTLED),
    Job("clock", timedelta(seconds=5), CLOCK.look),
    Job("edition", timedelta(seconds=0.5), EDITION.keep_in_step, can_be_left=True),
    Job("pictures", timedelta(seconds=1), PICTURES.keep_in_step, can_be_left=True),
    Job("search", timedelta(seconds=1), keep_in_step),
    Job("searches that found nothing", timedelta(minutes=2), record_missed),
    Job("old searches", timedelta(days=1), forget_missed),
    Job(
        "quality of the search",
        timedelta(hours=6),
        measure_quality,
        limit=A_LONG_LOOK,
        can_be_left=True,
        gives_way=True,
        first_after=SETTLED,
    ),
    Job("search engines", timedelta(minutes=1), tell_search_engines),
    Job("old mail", timedelta(hours=1), drop_old_words),
    Job("addresses of senders", timedelta(hours=1), forget_senders),
    Job("old enquiries", timedelta(days=1), purge),
    Job(
        "checks",
        timedelta(minutes=1),
        keep_checks,
        limit=A_LONG_LOOK,
        can_be_left=True,
        gives_way=True,
        first_after=SETTLED,
    ),
    Job("old sign-in attempts", timedelta(hours=1), drop_old_attempts),
    Job("old sessions of staff", timedelta(hours=1), drop_old_sessions),
    Job("old devices of staff", timedelta(days=1), drop_old_devices),
    Job("old sign-ins", timedelta(days=1), drop_old_events),
    Job("second factors to set up", timedelta(hours=1), start_deadlines),
    # Twenty links that each wait for their robots.txt and two answers are ten minutes.
    Job("links to other sites", timedelta(minutes=30), check_links, can_be_left=True),
    Job("reviews due", timedelta(hours=6), tell_reviewers),
    # The database of a group of clinics takes its time, and so does a slow disk.
    Job(
        "backup",
        timedelta(minutes=10),
        back_up_nightly,
        limit=timedelta(hours=6),
        can_be_left=True,
        first_after=timedelta(minutes=2),
    ),
    Job("old pictures", timedelta(days=1), prune),
)
