"""What staff fill in about the clinic."""
