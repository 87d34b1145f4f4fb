"""Whom to call, and how soon: the levels of help, the most urgent one highest. Pure."""

from enum import IntEnum


class Level(IntEnum):
    """How soon somebody needs help; 0 stands for no sign of need wherever a level is kept as a number."""

    NUMBERS = 1  # asks whom to call
    TODAY = 2  # a doctor, a nurse practitioner or an urgent care centre
    EMERGENCY = 3  # an emergency department, now
    CRISIS = 4  # thinks of death or of harm: 9-8-8
    AMBULANCE = 5  # 9-1-1

    @property
    def card(self) -> str:
        """The template that says whom to call."""
        return f"_components/help_now/{_CARDS[self]}.html"


NAMED = {  # by what phrases.yaml calls them
    "9-1-1": Level.AMBULANCE,
    "9-8-8": Level.CRISIS,
    "emergency": Level.EMERGENCY,
    "today": Level.TODAY,
    "numbers": Level.NUMBERS,
}
_CARDS = {
    Level.AMBULANCE: "call_911",
    Level.CRISIS: "call_988",
    Level.EMERGENCY: "emergency_department",
    Level.TODAY: "doctor_today",
    Level.NUMBERS: "which_number",
}
