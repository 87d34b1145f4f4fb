"""Every address that only staff may open, found by walking the URLconf; and which roles may, by name.

O owner, E editor, R reviewer, F front desk. A route that is not in the table is a fault: decide who may.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from clinic_site.staff.roles import EDITOR, FRONT_DESK, OWNER, REVIEWER

LETTERS = {"O": OWNER, "E": EDITOR, "R": REVIEWER, "F": FRONT_DESK}
ALL = "OERF"
PUBLIC = {"admin:login"}
# Answered for everybody on the staff; what they show depends on what each may do
EVERYBODY = {
    "admin:index",
    "admin:logout",
    "admin:password_change",
    "admin:password_change_done",
    "admin:jsi18n",
    "admin:view_on_site",
    "staff:second-factor",
    "staff:set-up",
    "staff:verify",
    "staff:backup-codes",
    "staff:remove",
    "staff:sessions",
    "staff:end-session",
    "staff:end-others",
}
# Only ever an answer of 403 or 404 without the right question
NOBODY = {"admin:autocomplete", "admin:app_list"}
# model -> who may view, add, change, delete in the stock pages
STOCK = {
    "images_image": ("OE", "OE", "OE", "OE"),
    "redirects_redirect": ("OE", "OE", "OE", "OE"),
    "content_sync_conflict": ("OE", "", "OE", ""),
    "content_sync_shippedfile": ("OE", "", "OE", ""),
    "enquiries_replytext": ("OF", "O", "O", "O"),
    "enquiries_enquiryevent": ("O", "", "", ""),
    "outbox_outboundemail": ("O", "", "", ""),
    "clinic_clinic": ("O", "", "O", ""),
    "clinic_location": ("O", "O", "O", "O"),
    "clinic_closure": ("OE", "OE", "OE", "OE"),
    "clinic_notice": ("OE", "OE", "OE", "OE"),
    "clinic_price": ("O", "O", "O", "O"),
    "clinic_practitioner": ("O", "O", "O", "O"),
    "pages_pagecheck": ("OE", "", "", ""),
    "pages_externallink": ("OE", "", "", ""),
    "search_missedsearch": ("OE", "", "", ""),
    "auth_user": ("O", "O", "O", ""),
    "auth_group": ("O", "", "", ""),
    "staff_staffevent": ("O", "", "", ""),
}
OWN = {
    "pages_page": {
        "OE": "add markdownify paste change preview checks address links restore unschedule withdraw",
        "OER": "scheduled targets history compare changelist",
    },
    "pages_signoff": {"OER": "changelist read"},
    "clinic_notice": {"OE": "preview"},
    "images_image": {"OE": "upload pick replace crop part"},
    "enquiries_enquiry": {
        "OF": "changelist list add search figures change here history not_spam correct suspects"
        " forgotten untouched double reply reached take_back",
        "O": "table person dossier erase delete",
    },
    "enquiries_replytext": {"O": "starters way"},
    "outbox_outboundemail": {"O": "send_all_again"},
    "auth_user": {"O": "password_change"},
}
STOCK_ROUTES = {"changelist": 0, "history": 0, "change": 0, "add": 1, "delete": 3}


@dataclass(frozen=True)
class Route:
    """A staff address: its name, and where it is with 1 for everything that is asked for."""

    name: str
    path: str

    def roles(self) -> set[str]:
        """The roles that may open it. KeyError where nobody has decided."""
        return {LETTERS[letter] for letter in _letters()[self.name]}


def _letters() -> dict[str, str]:
    table = dict.fromkeys(EVERYBODY, ALL)
    for model, allowed in STOCK.items():
        for route, place in STOCK_ROUTES.items():
            table[f"admin:{model}_{route}"] = allowed[place]
    for model, routes in OWN.items():
        for letters, names in routes.items():
            table |= {f"admin:{model}_{name}": letters for name in names.split()}
    return table


def staff_routes() -> list[Route]:
    """All of them, but for those that only lead on to another."""
    return [
        route
        for route in _walk(get_resolver(), "/", "")
        if route.path.startswith("/admin/")
        and not route.name.endswith(":None")
        and route.name not in PUBLIC | NOBODY
    ]


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + _filled(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, path, inner)
        else:
            yield Route(f"{space}{pattern.name}", path)


def _filled(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, RegexPattern):
        return str(pattern.pattern)
    text = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        for spelled in (f"<{name}>", f"<{type(converter).__name__[:-9].lower()}:{name}>"):
            text = text.replace(spelled, "1")
    return text.replace("<int:", "<").replace("<path:", "<")
