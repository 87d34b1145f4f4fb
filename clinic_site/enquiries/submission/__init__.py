"""One form becomes one enquiry with its mails, in one transaction."""
