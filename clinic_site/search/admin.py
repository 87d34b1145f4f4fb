"""What patients did not find, in the admin: words, what means the same, and the way to an answer."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clinic_site.read_only_admin import ReadOnly
from clinic_site.search.models import TOLD_FROM, MissedSearch
from clinic_site.search.normalizing import stem
from clinic_site.search.synonyms import current_synonyms

MOST_ALIKE = 6


@admin.register(MissedSearch)
class MissedSearchAdmin(ReadOnly, admin.ModelAdmin[MissedSearch]):
    """To be read; the worker writes it. What was typed on fewer than three days is nobody's business."""

    list_display = ("words", "day_count", "times", "last_on", "means_the_same", "answer")
    list_display_links = None
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[MissedSearch]:
        return super().get_queryset(request).filter(day_count__gte=TOLD_FROM)

    @admin.display(description="Found with")
    def means_the_same(self, one: MissedSearch) -> str:
        same = current_synonyms().same
        phrases = (phrase for word in one.words.split() for phrase in same.get((stem(word),), ()))
        told = dict.fromkeys(" ".join(phrase) for phrase in phrases)
        return ", ".join([text for text in told if text not in one.words.split()][:MOST_ALIKE])

    @admin.display(description="")
    def answer(self, one: MissedSearch) -> SafeString:
        start = urlencode({"layout": "question", "title": one.words.capitalize()})
        url = f"{reverse('admin:pages_page_add')}?{start}"
        return format_html('<a href="{}">Write an answer</a>', url)
