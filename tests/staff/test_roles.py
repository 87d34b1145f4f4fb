"""Least privilege, route by route: every staff address, for anonymous, non-staff and each role."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.redirects.models import Redirect
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Closure, Location, Notice, Practitioner, Price
from clinic_site.content_sync.models import Conflict, ShippedFile, SourceFile
from clinic_site.enquiries.models import EnquiryEvent, ReplyText
from clinic_site.images.models import Image
from clinic_site.outbox.models import OutboundEmail
from clinic_site.pages.models import ExternalLink, Page, PageCheck
from clinic_site.search.models import MissedSearch
from clinic_site.staff.models import StaffEvent
from clinic_site.staff.roles import EDITOR, OWNER, ROLES
from tests.staff.people import person
from tests.staff.routes import Route, staff_routes

pytestmark = pytest.mark.django_db
ROUTES = staff_routes()
NAMES = [route.name for route in ROUTES]


def answers(client: Client, route: Route) -> list[HttpResponse]:
    return [client.get(route.path), client.post(route.path)]


def is_refused(response: HttpResponse) -> bool:
    leads_to_sign_in = response.status_code == 302 and "/admin/login/" in response["Location"]
    return response.status_code == 403 or leads_to_sign_in


@pytest.fixture
def number_one(db: None) -> None:
    """Something at number 1 of each kind, so that a refusal is never for want of it."""
    page = Page.objects.create(pk=1, path="first", layout="article")
    today = timezone.localdate()
    MissedSearch.objects.create(pk=1, words="golf", day_count=3, first_on=today, last_on=today)
    PageCheck.objects.create(pk=1, page=page, faults=[], checked_at=timezone.now())
    ExternalLink.objects.create(pk=1, url="https://a.example/")
    Redirect.objects.create(pk=1, site_id=1, old_path="/old/", new_path="/new/")
    ReplyText.objects.create(pk=1, title="Times", body="When suits you?")
    EnquiryEvent.objects.create(pk=1, reference="ABCD-2345", kind="viewed")
    file = SourceFile.objects.create(pk=1, page=page, path="a.md", digest="0" * 64, fields={})
    ShippedFile.objects.create(pk=1, path="a.md", text="")
    Conflict.objects.create(pk=1, source_file=file, field="title", head="live")
    StaffEvent.objects.create(pk=1, kind="signed_in")
    mail = {"key": "k", "to": "a@example.com", "subject": "S", "body": "B", "purpose": "enquiry"}
    OutboundEmail.objects.create(pk=1, **mail)
    who = User.objects.create(pk=1, username="uploader")
    picture = {"alt": "A needle", "width": 8, "height": 8, "sha256": "0" * 64, "uploaded_by": who}
    Image.objects.create(pk=1, original="images/x.png", **picture)
    clinic = Clinic.objects.create(pk=1, name="Clinic", phone="604-555-0142", email="a@example.com")
    address = {"street": "1 A Street", "city": "Vancouver", "postal_code": "V0V 0V0"}
    Location.objects.create(pk=1, clinic=clinic, name="Here", **address)
    day = timezone.localdate()
    Closure.objects.create(pk=1, clinic=clinic, starts_on=day, ends_on=day, reason="Repairs")
    Notice.objects.create(pk=1, clinic=clinic, words="We have moved.", ends_on=day)
    register = "https://register.example.ca/1"
    Practitioner.objects.create(pk=1, clinic=clinic, name="A", registration_url=register)
    Price.objects.create(pk=1, clinic=clinic, visit="First visit", amount=120)
    if connection.vendor == "postgresql":
        _count_on()


def _count_on() -> None:
    """The next row of each kind is not number 1; what other tests have counted to stays."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            key = [model._meta.db_table, model._meta.pk.column]
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", key)


def test_there_are_staff_routes() -> None:
    assert len(ROUTES) > 60


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_it_is_decided_who_may(route: Route) -> None:
    assert route.roles() <= set(ROLES)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_anonymous_and_patients_are_refused(client: Client, number_one: None, route: Route) -> None:
    if route.name == "admin:logout":
        assert all(response.status_code in (302, 405) for response in answers(client, route))
        return
    assert all(is_refused(response) for response in answers(client, route))
    client.force_login(person("patient", *ROLES, is_staff=False))
    assert all(is_refused(response) for response in answers(client, route))


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_each_role_opens_its_own_and_no_other(
    client: Client, number_one: None, route: Route
) -> None:
    for role in ROLES:
        client.force_login(person(role.lower().replace(" ", "-"), role))
        got = answers(client, route)
        assert all(response.status_code < 500 for response in got), role
        if role in route.roles():
            assert not all(is_refused(response) for response in got), role
        elif route.name != "admin:logout":
            assert all(is_refused(response) for response in got), role


def test_an_account_without_a_role_sees_an_empty_first_page(client: Client) -> None:
    client.force_login(person("new"))
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert response.context["app_list"] == []


def test_the_owner_may_do_all_that_the_admin_offers(client: Client, rf: object) -> None:
    owner = person("owner", OWNER)
    client.force_login(owner)
    request = client.get(reverse("admin:index")).wsgi_request
    hidden = [
        model.__name__
        for model, shown in admin.site._registry.items()
        if not shown.has_view_or_change_permission(request)
    ]
    assert hidden == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_grants_only_what_exists(role: str) -> None:
    known = {
        (model._meta.app_label, codename)
        for model in apps.get_models()
        for codename in [
            *(f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions),
            *(codename for codename, _ in model._meta.permissions),
        ]
    }
    granted = Permission.objects.filter(group__name=role).values_list(
        "content_type__app_label", "codename"
    )
    assert set(granted) - known == set()


def test_an_owner_makes_no_superuser(client: Client) -> None:
    client.force_login(person("owner", OWNER))
    editor = person("editor", EDITOR)
    owners = Group.objects.get(name=OWNER)
    client.post(
        reverse("admin:auth_user_change", args=[editor.pk]),
        {
            "username": "editor",
            "is_active": "on",
            "is_staff": "on",
            "groups": [owners.pk],
            "is_superuser": "on",
        },
    )
    editor.refresh_from_db()
    assert list(editor.groups.all()) == [owners]
    assert not editor.is_superuser


def test_an_owner_does_not_touch_a_superusers_account(client: Client) -> None:
    client.force_login(person("owner", OWNER))
    root = User.objects.create_superuser("root", "root@example.com", "a long password here")
    change = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(change, {"username": "mine"}).status_code == 403
    assert (
        client.post(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    )
