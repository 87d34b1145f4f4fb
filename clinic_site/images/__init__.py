"""Pictures: uploaded, checked, re-encoded, described, shown in the sizes that a page needs."""
