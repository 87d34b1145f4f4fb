"""What differs between versions of a page, by word and by field."""
