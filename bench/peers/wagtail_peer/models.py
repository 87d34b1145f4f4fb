"""The page of the peer."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class WordsPage(Page):
    """A page of rich text, as Wagtail's own tutorial makes it."""

    body = RichTextField(blank=True)
    template = "wagtail_peer/words_page.html"

    def get_context(self, request, *args, **kwargs):
        """The page and the menu of its site."""
        menu = self.get_site().root_page.get_children().live().in_menu()
        return super().get_context(request, *args, **kwargs) | {"menu": menu}
