"""Asking for a visit: the form, the enquiry as it is kept, its mails, and how staff answer it."""
