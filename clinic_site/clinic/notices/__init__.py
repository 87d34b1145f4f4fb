"""Notices: what the clinic tells on every page for a while."""
