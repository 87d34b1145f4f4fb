"""Which level of help a typed text asks for."""
