"""What tells every process that the pages may have changed.

`Stamp` is one number, raised in the transaction of whatever changes a page. `Moment` is a time at
which pages change by themselves: a scheduled revision goes live, a closure begins or ends.
`LastSecond` keeps any two states of a page from being dated alike.
"""

from django.db import models
from django.db.models import Q


class Stamp(models.Model):
    """One row: how often the pages have changed."""

    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="stamp_is_one")]

    def __str__(self) -> str:
        return str(self.value)


class Moment(models.Model):
    """A time at which some page changes without anybody's doing."""

    at = models.DateTimeField(primary_key=True)

    def __str__(self) -> str:
        return self.at.isoformat()


class LastSecond(models.Model):
    """One row: the last second (since 1970) that changed files of the edition were dated with."""

    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="last_second_is_one")]

    def __str__(self) -> str:
        return str(self.value)
