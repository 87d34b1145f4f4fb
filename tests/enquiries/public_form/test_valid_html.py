"""Every state of the form and of the confirmation is valid HTML."""

from pathlib import Path

from django.db import OperationalError, connection
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission import submit
from clinic_site.enquiries.submission.confirmation_links import confirmation_path
from tests.enquiries.conftest import Send, new_pass
from tests.enquiries.public_form.test_database_trouble import refusing
from tests.valid_html import html_errors


def states(client: Client, send: Send) -> dict[str, str]:
    """The HTML of each state by its name."""
    found = {"empty": client.get("/book/?about=tennis-elbow")}
    found["wrong"] = send(
        name="", phone="1", email="a@", message="x" * 501, consent=None, areas="moon", payer="moon"
    )
    found["advice"] = send(email="ana@gmial.com", message="Card 9698 658 215")
    found["expired"] = send(form="old")
    found["unreadable"] = client.post("/book/", b"{}", content_type="application/json")
    with connection.execute_wrapper(refusing(OperationalError("locked"))):
        found["unavailable"] = send()
    form = new_pass().text
    send(form=form)
    send(form=form, message="It is worse.")
    enquiry = Enquiry.objects.get()
    path = confirmation_path(enquiry)
    found |= {"sent": client.get(path), "withdraw": client.get(f"{path}withdraw/")}
    with connection.execute_wrapper(refusing(OperationalError("locked"))):
        found["come back"] = client.get(path)
    submit.withdraw(enquiry=enquiry)
    found["withdrawn"] = client.get(path)
    return {name: response.text for name, response in found.items()}


def test_every_state_is_valid_html(client: Client, send: Send, tmp_path: Path) -> None:
    assert html_errors(states(client, send), tmp_path) == []
