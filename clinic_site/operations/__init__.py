"""Running the site: preparing a start, serving, the processes that belong together."""
