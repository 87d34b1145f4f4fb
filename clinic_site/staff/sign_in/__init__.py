"""Signing in and out around Django's own: throttling, and what follows a password."""
