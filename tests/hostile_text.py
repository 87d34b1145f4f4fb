"""Runs of signs on which some step of reading text takes its time: by what they are made of."""

ACCENT_ABOVE, ACCENT_BELOW = "\u0301", "\u0316"

# Each is repeated until as much as fits is there; HALVES are made of two runs, one after the other
RUNS = {
    "marks": f"{ACCENT_ABOVE}{ACCENT_BELOW}",
    "marks that only a normal form makes": "\u0f73\u0f75",
    "half-wide marks": "\uff9e\u0316",
    "thirty marks, then a letter": "a" + "\u0316\u0301" * 15,
    "one sign that becomes eighteen": "\ufdfa",
    "Hangul": "\u1100\u1161\u11a8",
    "overrides": "\u202e",
    "isolates": "\u2066",
    "isolates that are closed": "\u2066\u2069",
    "marks of direction": "\u200f",
    "joiners": "\u200d",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "spaces": " ",
    "hard spaces": "\u00a0",
    "line ends": "\n",
    "old line ends": "\r",
    "line separators": "\u2028",
    "digits": "1 ",
    "digits in groups": "4-1.",
    "many digits": "9",
    "brackets": "[",
    "round brackets": "(",
    "links": "[a](/b)",
    "reference links": "[a][b]",
    "quotes": '"',
    "quoted lines": ">",
    "stars": "*a **",
    "underscores": "_a ",
    "ticks": "`",
    "ampersands": "&amp;",
    "angles": "<a",
    "addresses": "a@b.",
    "many at signs": "@",
    "dotted": "a.",
    "hyphens": "a-",
    "full stops": ". ",
    "exclamations": "! ",
    "web addresses": "http://a.b ",
    "a word": "a",
    "words": "is aly ",
    "extension": "x1",
    "bars": "|",
    "pluses": "+",
    "colons": ": ",
}
HALVES = {
    "accents above, then below": ("\u0301", "\u0316"),
    "spaces, then a word": (" ", "a"),
    "brackets, opened and closed": ("[", "]"),
    "quotes, opened and closed": ("\u2066", "\u2069"),
}


def long_texts(length: int) -> dict[str, str]:
    """Every kind of run at about that many characters, by its name."""
    whole = {name: (run * (length // len(run) + 1))[:length] for name, run in RUNS.items()}
    half = length // 2
    return whole | {name: one * half + other * half for name, (one, other) in HALVES.items()}
