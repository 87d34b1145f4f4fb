"""Measurements: what the site promises in numbers, and what it does on this machine."""
