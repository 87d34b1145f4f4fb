"""What the code ships meets what the clinic made of it."""
