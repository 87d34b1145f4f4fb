"""Fixtures for the tests of staff at work."""

from tests.browser.desk import desk, signed_in

__all__ = ["desk", "signed_in"]
