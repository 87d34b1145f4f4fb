"""How far a long command is, told to whoever typed it."""
