"""What has to be done once before patients come, on the first page of whoever may do it, until all of it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from clinic_site.staff.places import Places


@dataclass(frozen=True)
class Step:
    """One thing to do: what, what for or how, where ("": not in the admin), and whether it is done."""

    name: str
    says: str
    url: str
    is_done: bool


STEPS = Places[Step]("steps")
register = STEPS.register


@dataclass(frozen=True)
class Checklist:
    """The steps in their order."""

    steps: Sequence[Step]

    @property
    def to_do(self) -> list[Step]:
        return [step for step in self.steps if not step.is_done]

    @property
    def done(self) -> list[Step]:
        return [step for step in self.steps if step.is_done]


def checklist_for(user: User) -> Checklist:
    """The steps that this user may take."""
    return Checklist(STEPS.all_for(user))
