"""The rules that the database keeps for pages, each by its name."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from clinic_site.pages.models import ClaimOverride, Page, Revision, SignOff


def test_two_pages_never_have_one_address(safety: Page) -> None:
    with pytest.raises(IntegrityError, match="pages_page.path"):
        Page.objects.create(path="safety", layout="article")


def test_page_has_a_path(db: None) -> None:
    with pytest.raises(IntegrityError, match="page_has_a_path"):
        Page.objects.create(path="", layout="article")


def test_page_source_path_is_unique(db: None) -> None:
    Page.objects.create(path="a", layout="article", source_path="a.md")
    with pytest.raises(IntegrityError, match="source_path"):
        Page.objects.create(path="b", layout="article", source_path="a.md")


def test_pages_without_a_file_are_many(db: None) -> None:
    Page.objects.create(path="a", layout="article")
    Page.objects.create(path="b", layout="article")
    assert Page.objects.filter(source_path="").count() == 2


def test_revision_has_a_title(safety: Page) -> None:
    with pytest.raises(IntegrityError, match="revision_has_a_title"):
        Revision.objects.create(page=safety, title="")


def test_a_revision_is_replaced_once(safety: Page) -> None:
    first = safety.revisions.get()
    Revision.objects.create(page=safety, title="Second", replaces=first)
    with pytest.raises(IntegrityError, match="replaces_id"):
        Revision.objects.create(page=safety, title="Third", replaces=first)


def test_a_page_with_revisions_cannot_be_deleted(safety: Page) -> None:
    with pytest.raises(ProtectedError):
        safety.delete()


@pytest.mark.parametrize(
    ("words_hash", "name", "constraint"),
    [
        ("abc", "A. Reviewer", "sign_off_names_its_words"),
        ("a" * 64, "", "sign_off_has_a_reviewer"),
    ],
)
def test_a_sign_off_says_who_read_what(
    safety: Page, editor: User, words_hash: str, name: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        SignOff.objects.create(
            page=safety,
            words_hash=words_hash,
            reviewer=editor,
            reviewer_name=name,
            signed_at=timezone.now(),
            review_due_on=date(2030, 1, 1),
        )


@pytest.mark.parametrize(
    ("is_of_a_page", "name", "reason", "constraint"),
    [
        (True, "", "", "claim_override_has_a_reason"),
        (True, "A. Sample", "Because.", "claim_override_is_of_a_page_or_a_person"),
        (False, "", "Because.", "claim_override_is_of_a_page_or_a_person"),
    ],
)
def test_claims_let_pass_are_of_a_page_or_a_person_and_say_why(
    safety: Page, editor: User, is_of_a_page: bool, name: str, reason: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        ClaimOverride.objects.create(
            revision=safety.revisions.get() if is_of_a_page else None,
            practitioner_name=name,
            reason=reason,
            claims=["x"],
            made_by=editor,
        )
