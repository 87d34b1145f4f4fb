"""What is to be read in the admin, whoever looks: nobody adds, changes or deletes there."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Before ModelAdmin among the bases; who may read it, the model's own permission says."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
