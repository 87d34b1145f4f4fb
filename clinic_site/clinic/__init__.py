"""The clinic itself: its name, places, hours, closures and people; when it can answer by."""
