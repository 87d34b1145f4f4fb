"""What staff do with an enquiry: handle, correct, erase, export; and how long it is kept."""
