"""How a run is shared out among its processes: files that share what takes seconds to start stay together.

pytest-xdist's own groups would need tests to be renamed, which pytest 9.2 does not allow.
"""

from xdist.scheduler import LoadScopeScheduling

# What is started once for them: how the names of their tests begin, below tests/. Others are free to go anywhere.
TOGETHER = {
    "desk": (
        "browser/staff/test_editing_",
        "browser/staff/test_inbox_",
        "browser/staff/test_signing",
    ),
    "site": (
        "browser/reading/test_every_page",
        "browser/reading/test_reading_on_a_phone",
        "browser/reading/test_wide_screen",
        "budgets/test_first_view",
        "operations/test_audit",
    ),
    "clinic_site": (
        "browser/enquiry_form/test_enquiry_",
        "enquiries/public_form/test_database_trouble",
        "enquiries/test_no_trace",
    ),
    "peopled": (
        "browser/reading/test_open_now",
        "browser/reading/test_people_and_places",
        "browser/staff/test_staff_pages",
    ),
    "the engines": ("engines/",),
    "the container": ("container/",),
    "nginx and Caddy": ("operations/test_proxies",),
    "PostgreSQL": ("search/test_postgresql",),
    "every worker": ("pagecache/test_every_worker",),
    "an empty site": ("content_sync/test_beside_others",),
}


class SharingOut(LoadScopeScheduling):
    """Gives a process such a group as a whole, and everything else one by one, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        name = nodeid.removeprefix("tests/")
        return next(
            (group for group, begins in TOGETHER.items() if name.startswith(begins)), nodeid
        )
