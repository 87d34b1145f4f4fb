"""What staff paste into a text, made clean: from HTML, or from plain words."""
