"""Template tags of the staff room."""
