"""Sessions of staff: what prolongs and ends them, known devices, and a fresh password."""
