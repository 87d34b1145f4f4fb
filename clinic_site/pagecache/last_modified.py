"""The second that changed bytes are dated with: by it, and by the length, web servers tell a file from what it was."""

import time

from django.db import transaction

from clinic_site.pagecache.models import LastSecond


@transaction.atomic
def new_second(*, after: int = 0) -> int:
    """Now, in whole seconds since 1970, or the first one that is later than `after` and than any given before.

    It is kept in the database, so that a clock which is set back, and two workers at once, get no second twice.
    """
    last, _ = LastSecond.objects.select_for_update().get_or_create(pk=1)
    last.value = max(int(time.time()), last.value + 1, after + 1)
    last.save(update_fields=["value"])
    return last.value
