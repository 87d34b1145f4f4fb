"""What the search tells the staff's first page: words without an answer, and how good it is."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.search.models import TOLD_FROM, MissedSearch
from clinic_site.search.quality import last_quality
from clinic_site.staff.dashboard import Waiting, register


@register(place=7)
def lines(user: User) -> Iterator[Waiting]:
    """For who may write pages; one query."""
    if not user.has_perm("search.view_missedsearch"):
        return
    url = reverse("admin:search_missedsearch_changelist")
    told = MissedSearch.objects.filter(day_count__gte=TOLD_FROM).count()
    yield Waiting("Words that patients look for and do not find", url, told)
    if quality := last_quality():
        share = f"{quality.found} of {quality.asked}"
        yield Waiting(f"The search has the answer among its first three for {share} questions", url)
