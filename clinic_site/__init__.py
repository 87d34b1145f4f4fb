"""The clinic's site: content/ becomes the pages that patients read."""
