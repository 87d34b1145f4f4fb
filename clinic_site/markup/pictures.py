"""How an image of the text is shown: the renditions that the caller has of it."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One `<source>`: its media type ("image/avif") and its srcset."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands for a `src` of the text: the fallback file, its size in pixels, its sources.

    alt describes it where the text does not; "" means that it is decorative. A sensitive picture is
    kept folded behind its description. One that is not lazy is fetched at once: it stands at the top.
    """

    src: str
    url: str
    width: int
    height: int
    sources: tuple[PictureSource, ...] = ()
    sizes: str = ""
    alt: str = ""
    is_sensitive: bool = False
    is_lazy: bool = True


def image_html(src: str, alt: str, picture: Picture | None) -> str:
    """The HTML of an image: with the caller's renditions, or the file of this site as it is."""
    if picture is None:
        return f'<img src="{escape(src)}" alt="{escape(alt)}" loading="lazy">'
    sizes = f' sizes="{escape(picture.sizes)}"' if picture.sizes else ""
    sources = "".join(
        f'<source type="{escape(source.type)}" srcset="{escape(source.srcset)}"{sizes}>'
        for source in picture.sources
    )
    lazy = ' loading="lazy"' if picture.is_lazy or picture.is_sensitive else ""
    return (
        f'<picture>{sources}<img src="{escape(picture.url)}" alt="{escape(alt)}"'
        f' width="{picture.width}" height="{picture.height}"{lazy} decoding="async">'
        "</picture>"
    )


def folded_html(src: str, alt: str, picture: Picture) -> str:
    """A picture that may be hard to look at: its description, which opens to show it."""
    return (
        f'<details class="sensitive"><summary>{escape(alt, quote=False)} (show the picture)</summary>'
        f"{image_html(src, alt, picture)}</details>"
    )


def missing_html(alt: str) -> str:
    """The description in the place of an image that can't be shown."""
    return f'<span class="missing-image">{escape(alt)}</span>'
