"""The check of claims, for words that stand on pages but are kept in rooms below this one."""

from clinic_site.pages.checks.claims import claims_in, shortened
from clinic_site.pages.checks.publishing import may_override
from clinic_site.published.words import WordCheck, register


def messages(text: str) -> list[str]:
    """What blocks in a text, as staff read it."""
    return [claim.message(shortened(claim.sentence)) for claim in claims_in({"body": text})]


register(WordCheck(claims_in=messages, may_let_pass=may_override))
