"""The pictures of the clinic itself that pages have a place for, and the pages that show each."""

# By key of content/clinic.md: what staff are asked for. Each place is left out while it has no picture.
PICTURE_PLACES = {
    "entrance": "The entrance, as one sees it from the street",
    "room": "A treatment room",
    "table": "The treatment table",
    "needle": "A needle beside a hair",
}
# By layout of a page: which of them stand on it, in this order.
SHOWN_ON = {
    "home": ("room",),
    "clinic": ("entrance", "room"),
    "walkthrough": ("table", "needle"),
}
