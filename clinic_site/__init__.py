"""The clinic's site: content/ becomes the pages that patients read."""

RELEASE = "1.0.0"  # as in pyproject.toml, which is not there in a container
