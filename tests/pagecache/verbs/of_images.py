"""What is done to pictures that pages show."""

from clinic_site.images.actions import crop, delete, describe, replace, upload
from clinic_site.images.cropping import Crop
from clinic_site.images.models import Image
from tests.images.making import jpeg, png
from tests.pagecache.verbs.small_site import Shown, SmallSite, Steps, has, verb


def shown(site: SmallSite, path: str) -> Image:
    """A picture of the library and a page that shows it."""
    image = upload(data=jpeg(), alt=f"Picture of {path}", by=site.user)
    site.page(path, body=f"![](image:{image.pk})")
    return image


@verb
def uploading_what_a_page_asks_for_already(site: SmallSite) -> Steps:
    last = Image.objects.order_by("pk").last()
    number = (last.pk if last else upload(data=png(), alt="First", by=site.user).pk) + 1
    site.page("asking", body=f"![](image:{number})")
    yield ["/asking/"]
    made = upload(data=jpeg(), alt="At last", by=site.user)
    assert made.pk == number
    yield [Shown("/asking/", has("At last"))]


@verb
def replacing(site: SmallSite) -> Steps:
    image = shown(site, "replacing")
    yield ["/replacing/"]
    before = site.client.get("/replacing/").content
    replace(image=image, data=png(320, 200), by=site.user)
    yield [Shown("/replacing/", lambda body: body != before)]


@verb
def cropping_into_what_a_page_asks_for_already(site: SmallSite) -> Steps:
    whole = upload(data=jpeg(), alt="Whole", by=site.user)
    site.page("asking-for-a-part", body=f"![](image:{whole.pk + 1})")
    yield ["/asking-for-a-part/"]
    crop(image=whole, to=Crop("1:1"), by=site.user)
    yield [Shown("/asking-for-a-part/", has('alt="Whole"'))]


@verb
def describing(site: SmallSite) -> Steps:
    image = shown(site, "describing")
    yield ["/describing/"]
    marks = {"is_decorative": False, "is_sensitive": False}
    describe(image=image, title="", alt="A knee", by=site.user, **marks)
    yield [Shown("/describing/", has("A knee"))]


@verb
def deleting(site: SmallSite) -> Steps:
    """No page shows it, or it could not be deleted; the stamp is raised all the same, to be on the safe side."""
    image = upload(data=jpeg(), alt="Gone", by=site.user)
    yield ["/safety/"]
    delete(image=image, by=site.user)
    yield []
