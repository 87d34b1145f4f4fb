"""The statutory holidays of British Columbia, as a package that many people keep has them."""

import holidays
import pytest

from clinic_site.clinic.bc_holidays import bc_holidays

YEARS = range(2023, 2101)  # from when the law is what it is, to the end of what the package knows


@pytest.mark.parametrize("year", YEARS)
def test_they_are_those_that_everybody_else_has(year: int) -> None:
    assert bc_holidays(year) == set(holidays.country_holidays("CA", subdiv="BC", years=year))
