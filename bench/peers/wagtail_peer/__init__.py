"""A minimal Wagtail site: one kind of page, a menu, the same words and styles as the site's own page."""
