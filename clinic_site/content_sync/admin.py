"""Conflicts in the admin, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from clinic_site.content_sync.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only to the type checker
    list_display = ("source_file", "field", "head_label", "outcome", "found_at")
    list_filter = ("outcome",)
    list_select_related = ("source_file",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
