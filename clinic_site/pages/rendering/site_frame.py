"""What stands around every patient page: the menu, the clinic and its closures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Prefetch

from clinic_site.clinic.clinic_fallback import remember
from clinic_site.clinic.closures import announced
from clinic_site.clinic.models import Clinic, Closure, Notice
from clinic_site.clinic.notices.showing import shown
from clinic_site.pages.layouts import ABOUT_PEOPLE
from clinic_site.pages.rendering.navigation import UTILITY_FROM, MenuEntry, signposts


@dataclass(frozen=True)
class Frame:
    """The menu and the clinic, read once a page."""

    menu: Sequence[MenuEntry]
    clinic: Clinic | None
    welcomes: Sequence[MenuEntry] = ()  # cards in other languages, those that are confirmed
    site_url: str = settings.SITE_URL
    closures_beside: tuple[Closure, ...] = ()  # of a preview, saved or not
    notices_beside: tuple[Notice, ...] = ()

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may list the site; a staging site says no, and so does a sample."""
        return settings.SITE_INDEXABLE and not self.is_sample

    @property
    def is_sample(self) -> bool:
        """Whether the clinic is still the made-up one that comes with the code."""
        return self.clinic is not None and self.clinic.is_sample

    @property
    def closures(self) -> Sequence[Closure]:
        """The closures that patients are told of today; no query, they come with the clinic."""
        told = self.closures_beside
        return [*announced(self.clinic.closures.all()), *told] if self.clinic else told

    @property
    def notices(self) -> Sequence[Notice]:
        """The notices that are up today; no query, they come with the clinic."""
        told = self.notices_beside
        return [*shown(self.clinic.notices.all()), *told] if self.clinic else told

    @property
    def walk(self) -> Sequence[MenuEntry]:
        """The natural path: what a patient reads from first to last."""
        return [entry for entry in self.menu if entry.position < UTILITY_FROM]

    @property
    def utility(self) -> Sequence[MenuEntry]:
        """The pages that stand at the foot."""
        return [entry for entry in self.menu if entry.position >= UTILITY_FROM]

    @property
    def about_people(self) -> MenuEntry | None:
        """The page about the practitioners; None while there are none."""
        return next((entry for entry in self.menu if entry.layout in ABOUT_PEOPLE), None)


def with_notice(frame: Frame, told: Notice | Closure) -> Frame:
    """The frame as it would be with this notice or closure, saved or not."""
    if isinstance(told, Notice):
        return replace(frame, notices_beside=(told,))
    return replace(frame, closures_beside=(told,))


def read_frame() -> Frame:
    """The frame as it is now: six queries."""
    closures = Prefetch("closures", Closure.objects.select_related("location"))
    clinic = Clinic.objects.prefetch_related("locations__hours", closures, "notices").first()
    entries, welcomes = signposts()
    return Frame(entries, remember(clinic), welcomes)
