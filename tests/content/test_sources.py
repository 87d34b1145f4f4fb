"""Where the footnotes of the site lead: to research, to public bodies, and to associations of the profession."""

import re

import pytest

from tests.content import reading
from tests.content.reading import ContentFile

EVERY_FILE = pytest.mark.parametrize("file", reading.all_files(), ids=lambda file: file.name)
NOTE = re.compile(r"^\[\^[\w-]+\]: (.*)$", re.MULTILINE)
HOST = re.compile(r"\]\(https?://(?:www2?\.)?([^/)]+)")
RESEARCH = ("doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov")
HEALTH_SERVICES = ("nhs.uk", "nhs.scot", "scot.nhs.uk", "nice.org.uk", "yourphysio.org.uk")
HEALTH_SERVICES += ("nhsgrampian.net", "nhsforthvalley.com", "hdc.org.nz")
OF_BC = ("gov.bc.ca", "bcehs.ca", "healthlinkbc.ca", "icbc.com", "worksafebc.com")
OF_BC += ("fraserhealth.ca", "islandhealth.ca", "northernhealth.ca")
REGULATORS = ("chcpbc.org", "cptbc.org", "bchealthregulators.ca", "physiotherapyalberta.ca")
ASSOCIATIONS = ("aacp.org.uk", "bcphysio.org")  # for what no public body says: see the decision
KNOWN = (*RESEARCH, *HEALTH_SERVICES, *OF_BC, *REGULATORS, *ASSOCIATIONS)
A_LAW = re.compile(r"\bSBC \d{4}, chapter \d+")


def leads_to_a_source(note: str) -> bool:
    """Whether one of its links leads to somebody who may be a source, or a law is named."""
    hosts = HOST.findall(note)
    known = [any(host == one or host.endswith(f".{one}") for one in KNOWN) for host in hosts]
    return (any(known) and all(known)) or bool(A_LAW.search(note))


@EVERY_FILE
def test_no_footnote_leads_to_a_clinic_a_shop_or_nowhere(file: ContentFile) -> None:
    assert [note for note in NOTE.findall(file.body) if not leads_to_a_source(note)] == []


def test_there_are_many_footnotes() -> None:
    assert sum(len(NOTE.findall(file.body)) for file in reading.all_files()) > 120


@pytest.mark.parametrize(
    "note",
    [
        "A clinic. [Needling](https://allied.example/)",
        "A clinic’s page.",
        "Not the NHS. [Back](https://fake-nhs.uk.example/)",
        "A copy. [Back](https://notnhs.uk/)",
    ],
)
def test_a_page_of_anybody_else_is_no_source(note: str) -> None:
    assert not leads_to_a_source(note)
