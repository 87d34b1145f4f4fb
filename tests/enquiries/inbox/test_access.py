"""Who may open which page of the inbox: nobody without a name, and each only what their permissions name."""

import pytest
from django.contrib import admin
from django.test import Client

from clinic_site.enquiries.admin import EnquiryAdmin
from clinic_site.enquiries.models import Enquiry, ReplyText
from tests.enquiries.inbox_world import EVERYTHING, address, enquiry, handling, signed_in, staff

pytestmark = pytest.mark.django_db
# route -> (method, whether it is about one enquiry, the permission that it needs, what it answers)
ROUTES = {
    "changelist": ("get", False, "view_enquiry", 200),
    "list": ("get", False, "view_enquiry", 200),
    "search": ("post", False, "view_enquiry", 200),
    "figures": ("get", False, "view_enquiry", 200),
    "add": ("get", False, "change_enquiry", 200),
    "suspects": ("post", False, "change_enquiry", 303),
    "forgotten": ("post", False, "change_enquiry", 303),
    "table": ("post", False, "export_enquiry", 200),
    "person": ("get", False, "export_enquiry", 200),
    "dossier": ("post", False, "export_enquiry", 200),
    "erase": ("post", False, "erase_enquiry", 200),
    "change": ("get", True, "view_enquiry", 200),
    "history": ("get", True, "view_enquiry", 200),
    "not_spam": ("post", True, "change_enquiry", 303),
    "untouched": ("post", False, "change_enquiry", 303),
    "double": ("post", True, "change_enquiry", 303),
    "reply": ("post", True, "change_enquiry", 422),
    "reached": ("post", True, "change_enquiry", 400),
    "take_back": ("post", True, "change_enquiry", 303),
    "correct": ("get", True, "change_enquiry", 200),
    "delete": ("get", True, "erase_enquiry", 200),
}


def asked(client: Client, name: str) -> int:
    method, is_about_one, *_ = ROUTES[name]
    arguments = (enquiry().pk,) if is_about_one else ()
    return int(getattr(client, method)(address(name, *arguments)).status_code)


@pytest.mark.parametrize("name", ROUTES)
def test_nobody_without_a_name_gets_in(name: str) -> None:
    assert asked(Client(), name) == 302


@pytest.mark.parametrize("name", ROUTES)
def test_the_wrong_permissions_are_refused(name: str) -> None:
    others = [codename for codename in EVERYTHING if codename != ROUTES[name][2]]
    if ROUTES[name][2] == "view_enquiry":
        others = [
            "export_enquiry",
            "erase_enquiry",
        ]  # to change is to see, as everywhere in the admin
    assert asked(signed_in(staff("ben", *others)), name) == 403


@pytest.mark.parametrize("name", ROUTES)
def test_the_right_permissions_are_enough(name: str) -> None:
    client = signed_in(staff("ben", "view_enquiry", ROUTES[name][2]))
    assert asked(client, name) == ROUTES[name][3]


def test_every_route_of_the_inbox_is_in_the_table() -> None:
    from_admin = {
        str(pattern.name).removeprefix("enquiries_enquiry_")
        for pattern in EnquiryAdmin(Enquiry, admin.site).get_urls()
    }
    assert from_admin == {*ROUTES, "here"}


def test_to_be_present_needs_the_right_to_see() -> None:
    kept = enquiry()
    path = address("here", kept.pk, 1)
    assert Client().post(path).status_code == 302
    assert signed_in(staff("ben", "erase_enquiry")).post(path).status_code == 403
    assert signed_in(staff("anna", "view_enquiry")).post(path).status_code == 200


def test_who_may_only_see_cannot_save() -> None:
    kept = enquiry()
    ben = signed_in(staff("ben", "view_enquiry"))
    path = address("change", kept.pk)
    assert ben.post(path, handling(kept, status="booked")).status_code == 403
    assert Enquiry.objects.get().status == "new"


@pytest.mark.parametrize("name", ["search", "suspects", "forgotten", "table", "dossier", "erase"])
def test_a_link_changes_and_takes_nothing(name: str) -> None:
    boss = signed_in(staff("boss", *EVERYTHING))
    assert boss.get(address(name)).status_code == 405


@pytest.mark.parametrize("name", ["suspects", "table", "dossier", "erase"])
def test_a_form_of_another_site_is_refused(name: str) -> None:
    boss = Client(enforce_csrf_checks=True)
    boss.force_login(staff("boss", *EVERYTHING), "django.contrib.auth.backends.ModelBackend")
    assert boss.post(address(name)).status_code == 403


def test_no_cache_keeps_a_page_of_the_inbox() -> None:
    boss = signed_in(staff("boss", *EVERYTHING))
    response = boss.get(address("change", enquiry().pk))
    assert "no-store" in response.headers["Cache-Control"]


def test_starting_texts_are_taken_by_who_may_add_texts() -> None:
    path = "/admin/enquiries/replytext/starters/"
    assert Client().post(path).status_code == 302
    assert signed_in(staff("ben", "view_replytext")).post(path).status_code == 403
    owner = signed_in(staff("owner", "view_replytext", "add_replytext"))
    owner.post(path)
    owner.post(path)
    assert ReplyText.objects.count() == 4


def test_a_reply_text_with_an_unknown_place_is_refused() -> None:
    owner = signed_in(staff("owner", "view_replytext", "add_replytext"))
    said = {"title": "T", "body": "Dear {nmae}", "position": 1}
    response = owner.post("/admin/enquiries/replytext/add/", said)
    assert "Nothing can be filled in for {nmae}" in response.content.decode()
    assert not ReplyText.objects.exists()


def test_the_audit_can_be_read_and_not_changed() -> None:
    kept = enquiry()
    owner = signed_in(staff("owner", "view_enquiryevent"))
    page = owner.get("/admin/enquiries/enquiryevent/")
    assert kept.reference in page.content.decode()
    assert owner.get("/admin/enquiries/enquiryevent/add/").status_code == 403
