"""django-markdownx's editor as this site uses it.

Its own preview goes into an inert <template>: what patients will see is drawn by preview.js in a
frame of its own, from the same renderer, layout and styles as the public page.
"""

from markdownx.widgets import AdminMarkdownxWidget


class MarkdownWidget(AdminMarkdownxWidget):  # type: ignore[misc]  # the package has no types
    """The body of a page: markdownx without its fixed width and its growing height."""

    template_name = "pages/editor/markdown.html"

    class Media:
        extend = False
        js = AdminMarkdownxWidget.Media.js
