"""Typed words that may come from somebody who needs help now. Pure.

What is said to them is in the template, with the signs that BC Emergency Health Services name. It is better
to show it once too often: "deep breathing" does too.
"""

import re

from clinic_site.search.words import words_in

URGENT = re.compile(
    r"\bchest|\bbreath|\bsuffocat|\bchok(e|ing)|\bcollapsed|\bpunctured|\bpneumothora|\bheart attack"
    r"|\bstroke\b|\bunconscious|\bpass(ed|ing) out|\bfaint|\bseizure|\boverdos|\bemergenc|\bambulance"
    r"|\bsuicid|\bkill (my|me)|\bend (my|it all)|\b(want|wish|going) to die|\b(hurt|harm|cut)(ing)? my ?self"
    r"|\bself ?harm|\b911\b|\b9 1 1\b|\b811\b|\b8 1 1\b|\bsevere|\bbleeding (wont|won t|does)"
)


def is_urgent(*texts: str) -> bool:
    """Whether any of these texts names a sign of an emergency."""
    return any(URGENT.search(" ".join(words_in(text))) for text in texts)
