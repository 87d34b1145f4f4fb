"""The second factor: set up, given at the door, who needs one, and backup codes."""
