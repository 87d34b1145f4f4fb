"""What the files of content/ do to pages when they are taken in, and settling what both sides changed."""

from clinic_site.clinic.file_mapping import current_details
from clinic_site.content_sync.merge.resolve_conflict import settle
from clinic_site.content_sync.models import Conflict
from tests.content_sync.folder import edit
from tests.pagecache.verbs.small_site import Shown, SmallSite, Steps, has, verb


@verb
def a_new_file(site: SmallSite) -> Steps:
    site.content.write("new-file.md", "New words.")
    yield ["/safety/"]
    site.sync()
    yield [Shown("/new-file/", has("New words."))]


@verb
def a_changed_file(site: SmallSite) -> Steps:
    site.content.write("changed-file.md", "Old words.")
    site.sync()
    yield ["/changed-file/"]
    site.content.write("changed-file.md", "New words.")
    site.sync()
    yield [Shown("/changed-file/", has("New words."))]


@verb
def a_file_renamed(site: SmallSite) -> Steps:
    site.content.write("old-name.md", "Old words of a file.")
    site.sync()
    yield ["/old-name/"]
    site.content.remove("old-name.md")
    site.content.write("new-name.md", "Old words of a file.")
    site.sync()
    yield [Shown("/new-name/", has("Old words of a file.")), Shown("/old-name/", None)]


@verb
def a_file_with_another_layout(site: SmallSite) -> Steps:
    body = "## One\n\nWords.\n\n## Two\n\nWords."
    site.content.write("layout-file.md", body)
    site.sync()
    yield ["/layout-file/"]
    before = site.client.get("/layout-file/").content
    site.content.write("layout-file.md", body, layout="checklist")
    site.sync()
    yield [Shown("/layout-file/", lambda page: page != before)]


@verb
def a_file_of_the_clinic(site: SmallSite) -> Steps:
    front = {"title": "clinic", "layout": "clinic", **current_details()}
    site.content.write("clinic.md", "Old words.", **front)
    site.sync()
    yield ["/safety/"]
    site.content.write("clinic.md", "Old words.", **front | {"phone": "604-555-4177"})
    site.sync()
    yield [Shown("/safety/", has("604-555-4177"))]


def conflict(site: SmallSite, path: str, **front: object) -> Conflict:
    """The file and staff have changed the page differently; the one field that is current_details waits."""
    site.content.write(f"{path}.md", "Old words.")
    site.sync()
    edit(path, site.user, body="Words of staff.")
    site.content.write(f"{path}.md", "Words of the file.", **front)
    site.content.sync()
    return Conflict.objects.unsettled().get(source_file__path=f"{path}.md", field="body")


@verb
def settling_for_the_file(site: SmallSite) -> Steps:
    one = conflict(site, "settled")
    yield ["/settled/"]
    settle(conflict=one, keep="file", by=site.user)
    yield [Shown("/settled/", has("Words of the file."))]


@verb
def settling_with_other_words(site: SmallSite) -> Steps:
    one = conflict(site, "worded")
    yield ["/worded/"]
    settle(conflict=one, keep="words", words="Words of both.", by=site.user)
    yield [Shown("/worded/", has("Words of both."))]


@verb
def a_file_for_a_page_that_staff_made(site: SmallSite) -> Steps:
    site.page("adopted")
    yield ["/adopted/"]
    site.content.write("adopted.md", "Old words.", title="adopted", summary="Told by the file.")
    site.sync()
    yield [Shown("/adopted/", has("Told by the file."))]
