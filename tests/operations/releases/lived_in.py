"""A small clinic's site with something of each kind that a release keeps. Its people are numbers.

Run inside the site whose release is to be kept (`make_release.py` does).
"""

from datetime import date, timedelta

from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site as SiteRow
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.clinic.file_mapping import canonical_details, take_in
from clinic_site.clinic.models import Clinic
from clinic_site.clinic.notices.models import Notice
from clinic_site.clinic.notices.showing import put_up
from clinic_site.content_sync.models import Conflict, SourceFile
from clinic_site.enquiries.form_values import Answers
from clinic_site.enquiries.inbox_models import ReplyText
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions.answer import send_reply, set_reply_way
from clinic_site.enquiries.staff_actions.correct_and_erase import erase
from clinic_site.enquiries.staff_actions.handle import Handling, handle
from clinic_site.enquiries.staff_actions.presence import open_enquiry
from clinic_site.enquiries.submission import form_token
from clinic_site.enquiries.submission.submit import Sender, submit, withdraw
from clinic_site.images.actions import upload
from clinic_site.outbox.models import OutboundEmail
from clinic_site.pages.actions.publish import publish, save_draft
from clinic_site.pages.actions.sign_off import sign_off
from clinic_site.pages.check_models import ClaimOverride, ExternalLink
from clinic_site.pages.models import Page, PreviewLink, Revision
from clinic_site.search.models import MissedSearch
from clinic_site.staff.models import KnownDevice, SecondFactorDeadline, StaffEvent
from tests.images.making import jpeg

CLINIC = {
    "name": "A Clinic",
    "phone": "604-555-4242",
    "email": "desk@clinic.example",
    "locations": [
        {
            "name": f"Place {number}",
            "street": f"{number} Any Street",
            "city": "Vancouver",
            "province": "BC",
            "postal_code": "V5T 3C5",
            "hours": {"monday": ["09:00-17:00"]},
        }
        for number in (1, 2)
    ],
    "closures": [{"from": date(2027, 7, 1), "to": date(2027, 7, 2), "reason": "Holiday"}],
    "practitioners": [
        {
            "name": "Physiotherapist One",
            "title": "Physiotherapist",
            "register": "https://register.example.ca/1",
            "needling_authorised_on": "2021-05-12",
            "places": [{"place": "Place 1", "days": ["monday"]}],
        }
    ],
    "prices": [{"visit": "First visit", "minutes": 60, "price": 140}],
}
LATER = timedelta(days=20 * 365)


def live() -> None:
    """Fill the site of this process; it was started once."""
    owner = User.objects.create_user("owner", password="an-owner-of-numbers", is_staff=True)
    owner.groups.set(Group.objects.all()[:1])
    owner.first_name, owner.last_name = "Number", "One"
    owner.save()
    take_in(details=canonical_details(CLINIC))
    ends_on = (timezone.now() + LATER).date()
    put_up(Notice.objects.create(clinic=Clinic.objects.get(), words="New hours.", ends_on=ends_on))
    _pages(owner)
    _enquiries(owner)
    _staff(owner)


def _pages(owner: User) -> None:
    page = Page.objects.get(path="safety")
    live_one = page.revisions.latest("pk")
    words = {"title": "Safety", "summary": "Plain words.", "body": "## Signs\n\nCall us."}
    published = publish(page=page, words=words, by=owner, note="Shorter")
    sign_off(
        page=page, revisions=(published,), by=owner, reviewer_name="Number One", registration="1"
    )
    save_draft(page=page, words=words | {"title": "Safer"}, by=owner)
    save_draft(page=page, words=words, by=owner, publish_at=timezone.now() + LATER)
    PreviewLink.objects.create(
        revision=live_one, created_by=owner, expires_at=timezone.now() + LATER
    )
    picture = upload(data=jpeg(400, 300), alt="Lines and a field", title="A pattern", by=owner)
    publish(
        page=Page.objects.get(path="first-session"),
        words={"title": "First session", "body": f"![Lines and a field](image:{picture.pk})"},
        by=owner,
    )
    _beside_pages(published, owner)


def _beside_pages(published: Revision, owner: User) -> None:
    source = SourceFile.objects.get(path="safety.md")
    Conflict.objects.create(
        source_file=source,
        field="summary",
        head="live",
        revision=published,
        base="Was.",
        file="In the file.",
        mine="On the site.",
    )
    ClaimOverride.objects.create(
        revision=published, reason="It is our own.", claims=["Call us."], made_by=owner
    )
    ExternalLink.objects.create(url="https://example.ca/", on_paths=["safety"])
    Redirect.objects.create(
        site=SiteRow.objects.get_current(), old_path="/old/", new_path="/safety/"
    )
    today = timezone.localdate()
    MissedSearch.objects.create(
        words="something else", days=[today.isoformat()], times=2, first_on=today, last_on=today
    )


def _enquiries(owner: User) -> None:
    kept = [_enquiry(number) for number in range(6)]
    _send(0, "passed on as another one", token_of=kept[0])
    open_enquiry(enquiry=kept[0], by=owner)
    wanted = Handling(status=Enquiry.Status.CLOSED, assigned_to=owner.pk, note="Phoned.")
    handle(enquiry=kept[1], version=kept[1].version, wanted=wanted, by=owner)
    send_reply(enquiry=kept[2], version=kept[2].version, body="Come on Monday.", by=owner)
    withdraw(enquiry=kept[3])
    erase(enquiry=kept[4], by=owner)
    ReplyText.objects.create(title="Offer a time", body="Dear {name}")
    set_reply_way(through_the_site=True)
    mails = list(OutboundEmail.objects.waiting().order_by("pk")[:2])
    OutboundEmail.objects.filter(pk=mails[0].pk).update(
        state=OutboundEmail.State.SENT, sent_at=timezone.now(), attempts=1
    )


def _enquiry(number: int) -> Enquiry:
    return _send(number, "Words of a patient.")


def _send(number: int, message: str, token_of: Enquiry | None = None) -> Enquiry:
    form = form_token.issue(consent_version="1", consent_wording="I agree.")
    if token_of:
        form = form_token.FormPass(token_of.token, form.issued_at, "1", "I agree.", "")
    answers = Answers(
        name=f"Patient {number}",
        email=f"patient-{number}@clinic.example",
        phone="+16045554242",
        phone_typed="604 555 4242",
        areas=["knee"],
        message=message,
    )
    return submit(answers=answers, form=form, sender=Sender(address_hash="0" * 8))


def _staff(owner: User) -> None:
    SecondFactorDeadline.objects.get_or_create(
        user=owner, defaults={"due_at": timezone.now() + LATER}
    )
    TOTPDevice.objects.create(user=owner, name="phone")
    codes = StaticDevice.objects.create(user=owner, name="backup")
    StaticToken.objects.create(device=codes, token="00000000")
    KnownDevice.objects.create(user=owner, key_hash="0" * 64)
    StaffEvent.objects.create(user=owner, kind=StaffEvent.Kind.SIGNED_IN)
