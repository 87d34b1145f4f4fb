"""What patients would see: the live preview, the shared link, and nothing active in either."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from clinic_site.markup.rendering import MAX_CHARACTERS
from clinic_site.pages.actions.publish import publish, save_draft
from clinic_site.pages.models import PreviewLink, Revision
from clinic_site.pages.rendering.draft_preview import SALT, share, token_of
from tests.markup.attacks import attacks
from tests.pages.active_parts import active_parts
from tests.pages.writing import WORDS, form_data, live_page, staff, url

pytestmark = pytest.mark.django_db
TOGETHER = 10  # attacks in one text; tests/markup renders each alone


@pytest.fixture
def anna(client):
    user = staff("anna")
    client.force_login(user)
    return user


def main_of(answer):
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_the_preview_is_the_page_that_publishing_makes(client, anna):
    live_page("safety")  # a link to nowhere would not be let through
    page = live_page()
    changed = form_data(
        page, title="New", body="A [link](/safety/).\r\n\r\n## Tea\r\n\r\n> [!NOTE]\r\n> N"
    )
    preview = client.post(url("preview", page), changed)
    client.post(url("change", page), changed | {"action": "publish"})
    assert main_of(preview) == main_of(client.get("/aftercare/"))


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path",
    ["home", "how-often", "first-session", "benefits", "is-it-for-me", "faq/cost", "glossary/acute"]
    + ["conditions/tennis-elbow", "conditions", "safety", "clinic"],
)
def test_the_preview_of_an_unchanged_page_is_the_page(client, anna, path):
    revision = Revision.objects.live().get(page__path=path)
    link = share(revision=revision, by=anna)
    shown = client.get(reverse("pages:preview", args=[token_of(link)]))
    live = client.get(revision.page.get_absolute_url(), follow=True)
    assert main_of(shown) == main_of(live)


def test_a_question_is_previewed_on_its_index(client, anna):
    live_page("faq", "faq", title="Questions")
    page = live_page("faq/cost", "question", title="What does it cost?")
    answer = client.post(url("preview", page), form_data(page, title="What is the price?"))
    assert answer.headers["Preview-Anchor"] == "cost"
    assert "What is the price?" in main_of(answer)
    assert "What does it cost?" not in main_of(answer)


def test_a_preview_changes_nothing_and_is_kept_by_nobody(client, anna):
    page = live_page()
    answer = client.post(url("preview", page), form_data(page, title="New"))
    assert page.revisions.count() == 1
    assert answer.headers["Cache-Control"].startswith("no-store, private")
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_a_preview_needs_a_signed_in_editor_and_a_post(client, anna):
    page = live_page()
    assert client.get(url("preview", page)).status_code == 405
    client.logout()
    assert client.post(url("preview", page), {}).status_code == 302
    assert client.post(reverse("admin:pages_page_markdownify"), {"content": "a"}).status_code == 302


def test_markdownx_own_addresses_are_closed(client, anna):
    for address in ("/markdownx/markdownify/", "/markdownx/upload/"):
        assert client.post(address, {"content": "a"}).status_code == 405  # what any page answers
        assert client.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("markdownx_markdownify")


def test_markdownx_draws_with_the_site_s_renderer(client, anna):
    answer = client.post(
        reverse("admin:pages_page_markdownify"), {"content": "> [!NOTE]\n> a<script>"}
    )
    html = answer.content.decode()
    assert "<aside" in html
    assert "<script" not in html


def test_no_attack_comes_through_the_preview(client, anna):
    page = live_page()
    data = form_data(page)
    texts = list(attacks(5_000, 0))
    found = {}
    for some in zip(*[iter(texts)] * TOGETHER, strict=True):
        body = "\n\n".join(some)
        html = client.post(url("preview", page), data | {"body": body}).content.decode()
        if faults := active_parts(html):
            found[body] = faults
    assert found == {}


def test_no_attack_comes_through_any_other_field(client, anna):
    page = live_page()
    found = {}
    for attack in attacks(200, 77):
        one = attack[:60]
        changed = form_data(page, title=one, menu_title=one, summary=one, description=one, body="")
        html = client.post(url("preview", page), changed).content.decode()
        if faults := active_parts(html):
            found[attack] = faults
    assert found == {}


def test_no_attack_comes_through_the_published_page(client, anna):
    page = live_page()
    texts = [text.replace("\0", "") for text in attacks(5_000, 5)]  # PostgreSQL keeps none
    for start in range(0, len(texts), 250):
        body = "\n\n".join(texts[start : start + 250])
        publish(page=page, words={**WORDS, "body": body}, by=anna)
        assert active_parts(client.get("/aftercare/").content.decode()) == []


@pytest.mark.parametrize("part", ["[", "> ", "*a_", "- ", "<", "![", "`", "|a", "a\n", "    - x\n"])
def test_a_megabyte_is_answered_within_a_second(client, anna, part):
    page = live_page()
    data = form_data(page, body=part * (1_000_000 // len(part)))
    start = time.process_time()
    answer = client.post(url("preview", page), data)
    assert time.process_time() - start < 1
    assert answer.status_code == 413
    assert f"A page holds {MAX_CHARACTERS:,} at most" in answer.content.decode()


# The link for a colleague


@pytest.fixture
def shared(anna):
    page = live_page()
    draft = save_draft(page=page, words={**WORDS, "title": "Only a draft"}, by=anna)
    return share(revision=draft, by=anna)


def address(link):
    return reverse("pages:preview", args=[token_of(link)])


@pytest.mark.parametrize("right", ["is_active", "is_staff"])
def test_a_link_ends_with_the_account_of_whoever_made_it(client, shared, right):
    assert client.get(address(shared)).status_code == 200
    User.objects.filter(pk=shared.created_by_id).update(**{right: False})
    gone = client.get(address(shared))
    assert gone.status_code == 410
    assert "Only a draft" not in gone.content.decode()


def test_whoever_has_the_link_reads_the_draft(client, shared):
    client.logout()
    answer = client.get(address(shared))
    html = answer.content.decode()
    assert "Only a draft" in html
    assert "Preview: not live." in html
    assert not answer.cookies


def test_a_shared_preview_stays_out_of_search_engines_and_caches(client, shared):
    answer = client.get(address(shared))
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_live_page_has_no_preview_banner(client, shared):
    assert "Preview: not live" not in client.get("/aftercare/").content.decode()


def test_an_expired_link_says_so(client, shared):
    PreviewLink.objects.update(
        created_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(days=1)
    )
    answer = client.get(address(shared))
    assert answer.status_code == 410
    assert "This preview has ended" in answer.content.decode()


def test_a_link_lasts_seven_days(shared):
    assert shared.expires_at - shared.created_at == timedelta(days=7)


@pytest.mark.parametrize("token", ["1", "1:abc", "x:y:z", "²", "-1:sig", "%00"])
def test_a_made_up_link_is_not_found(client, shared, token):
    answer = client.get(f"/preview/{token}/")
    assert answer.status_code == 404
    assert "There is no such preview" in answer.content.decode()


def test_a_signature_made_for_something_else_opens_nothing(client, shared):
    forged = signing.Signer(salt="elsewhere").sign(str(shared.pk))
    assert client.get(f"/preview/{forged}/").status_code == 404
    huge = signing.Signer(salt=SALT).sign("9" * 40)
    assert client.get(f"/preview/{huge}/").status_code in (404, 410)


def test_a_revoked_link_has_ended(client, anna, shared):
    client.force_login(anna)
    client.post(url("links", shared.revision.page), {"revoke": shared.pk})
    shared.refresh_from_db()
    assert shared.revoked_by == anna
    assert client.get(address(shared)).status_code == 410


def test_the_editor_makes_a_link_to_the_newest_version(client, anna):
    page = live_page()
    client.post(url("links", page), {"revision": page.revisions.first().pk})
    html = client.get(url("links", page)).content.decode()
    assert f"http://testserver{address(PreviewLink.objects.get())}" in html


def test_the_link_list_of_the_editor_finds_pages_by_words(client, anna):
    live_page("safety", title="Is it safe?")
    live_page("faq", "faq", title="Questions")
    live_page("faq/cost", "question", title="Is it dear?")
    found = client.get(reverse("admin:pages_page_targets"), {"q": "is it"}).json()["pages"]
    assert found == [
        {"title": "Is it dear?", "url": "/faq/#cost"},
        {"title": "Is it safe?", "url": "/safety/"},
    ]
