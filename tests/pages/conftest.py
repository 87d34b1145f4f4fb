"""Fixtures: a member of staff, and a page with one live revision."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from clinic_site.pages.actions.publish import create_page, publish
from clinic_site.pages.models import Page
from tests.pages.writing import staff


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", is_staff=True)


@pytest.fixture
def safety(editor: User) -> Page:
    """The page at /safety/, live with the words "First."."""
    page = create_page(path="safety", layout="article", by=editor)
    publish(page=page, words={"title": "Safe", "body": "First."}, by=editor)
    return page


@pytest.fixture
def anna(client):
    user = staff("anna")
    client.force_login(user)
    return user


@pytest.fixture
def ben():
    browser = Client()
    browser.force_login(staff("ben"))
    return browser
