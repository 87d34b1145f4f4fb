"""Words for the templates of the inbox."""
