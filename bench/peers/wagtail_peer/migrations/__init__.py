"""The tables of the peer."""
