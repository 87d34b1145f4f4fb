"""Mail in the admin: nobody changes it, words for those who may read them, send again for those who may send."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.sending import send_due_mail
from tests.outbox.conftest import Queue

LIST = "admin:outbox_outboundemail_changelist"
ONE = "admin:outbox_outboundemail_change"


def signed_in(client: Client, *permissions: str, is_superuser: bool = False) -> Client:
    """The client of a member of staff with these permissions only."""
    user = User.objects.create_user("staff", is_staff=True, is_superuser=is_superuser)
    found = Permission.objects.filter(content_type__app_label="outbox", codename__in=permissions)
    assert found.count() == len(permissions)
    user.user_permissions.set(found)
    client.force_login(user)
    return client


@pytest.fixture
def mail(queue: Queue) -> OutboundEmail:
    """A mail with words to look for."""
    return queue("a", to="ada@example.ca", subject="Subject line", body="Body words")


def test_nobody_sees_mail_without_permission(client: Client, mail: OutboundEmail) -> None:
    assert signed_in(client).get(reverse(LIST)).status_code == 403


def test_words_are_not_shown_to_those_who_may_only_see_the_list(
    client: Client, mail: OutboundEmail
) -> None:
    clerk = signed_in(client, "view_outboundemail")
    for address in (reverse(LIST), reverse(ONE, args=[mail.pk])):
        answer = clerk.get(address)
        assert answer.status_code == 200
        for words in ("ada@example.ca", "Subject line", "Body words"):
            assert words not in answer.content.decode()


@pytest.mark.parametrize(
    "probe",
    ["body__contains=Body", "subject__startswith=S", "to=ada@example.ca", "key__contains=a"],
)
def test_words_cannot_be_guessed_by_those_who_may_not_read_them(
    client: Client, mail: OutboundEmail, probe: str
) -> None:
    clerk = signed_in(client, "view_outboundemail")
    assert clerk.get(f"{reverse(LIST)}?{probe}").status_code == 400
    assert clerk.get(f"{reverse(LIST)}?state__exact=waiting").status_code == 200


def test_words_are_shown_to_those_who_may_read_them(client: Client, mail: OutboundEmail) -> None:
    answer = signed_in(client, "view_outboundemail", "read_words").get(reverse(ONE, args=[mail.pk]))
    for words in ("ada@example.ca", "Subject line", "Body words"):
        assert words in answer.content.decode()


def test_send_again_is_offered_to_those_who_may(client: Client, mail: OutboundEmail) -> None:
    send_due_mail()
    wish = {"action": "send_chosen_again", "_selected_action": [mail.pk]}
    answer = signed_in(client, "view_outboundemail", "send_again").post(
        reverse(LIST), wish, follow=True
    )
    assert "To be sent again: 1." in answer.content.decode()
    mail.refresh_from_db()
    assert (mail.state, str(mail.sent_again_by)) == ("waiting", "staff")


def test_send_again_is_refused_to_others(client: Client, mail: OutboundEmail) -> None:
    send_due_mail()
    wish = {"action": "send_chosen_again", "_selected_action": [mail.pk]}
    signed_in(client, "view_outboundemail").post(reverse(LIST), wish, follow=True)
    assert OutboundEmail.objects.sent().exists()


@pytest.mark.parametrize("name", ["add", "delete", "change"])
def test_not_even_a_superuser_changes_mail(client: Client, mail: OutboundEmail, name: str) -> None:
    arguments = [] if name == "add" else [mail.pk]
    address = reverse(f"admin:outbox_outboundemail_{name}", args=arguments)
    answer = signed_in(client, is_superuser=True).post(address, {"post": "yes", "subject": "x"})
    assert answer.status_code == 403
    assert OutboundEmail.objects.get().subject == "Subject line"


ALL_AGAIN = "admin:outbox_outboundemail_send_all_again"


def given_up(mail: OutboundEmail) -> None:
    OutboundEmail.objects.filter(pk=mail.pk).update(
        state="failed", failed_at=mail.created_at, attempts=19
    )


def test_after_an_outage_one_button_sends_all_again(client: Client, mail: OutboundEmail) -> None:
    given_up(mail)
    owner = signed_in(client, "view_outboundemail", "send_again")
    assert "Send again all that were given up (1)" in owner.get(reverse(LIST)).content.decode()
    assert owner.post(reverse(ALL_AGAIN)).status_code == 302
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.sent_again_by) == ("waiting", 0, User.objects.get())
    assert "Send again all" not in owner.get(reverse(LIST)).content.decode()


def test_who_may_not_send_again_may_not_send_all_again(client: Client, mail: OutboundEmail) -> None:
    given_up(mail)
    clerk = signed_in(client, "view_outboundemail")
    assert "Send again all" not in clerk.get(reverse(LIST)).content.decode()
    assert clerk.post(reverse(ALL_AGAIN)).status_code == 403


def test_looking_at_its_address_sends_nothing(client: Client, mail: OutboundEmail) -> None:
    given_up(mail)
    assert signed_in(client, is_superuser=True).get(reverse(ALL_AGAIN)).status_code == 405
