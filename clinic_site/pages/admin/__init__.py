"""The admin's lists of pages, practitioners, sign-offs, redirects and checks."""

from clinic_site.pages.admin import (
    check_results,
    notices,
    pages,
    practitioners,
    redirects,
    sign_off,
)

__all__ = ["check_results", "notices", "pages", "practitioners", "redirects", "sign_off"]
