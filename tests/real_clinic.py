"""What the staff of a real clinic put in the sample's place. No number with 4242 after 555 is given to anybody."""

REAL_CLINIC = {"name": "Harbour Street Physio", "phone": "604-555-4242"}
TAKE_IN = f"from clinic_site.clinic.file_mapping import take_in; take_in(details={REAL_CLINIC!r})"
