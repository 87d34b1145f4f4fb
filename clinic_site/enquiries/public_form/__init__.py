"""The enquiry form as patients meet it: parsing, validation, the page around it."""
