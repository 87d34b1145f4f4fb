"""Another clinic on the same code, by its own folder of content alone."""
