"""The peers: programs that serve the same page by other means, to be measured beside the site."""
