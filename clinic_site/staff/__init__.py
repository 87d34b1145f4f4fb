"""Staff: sign-in, throttling, the second factor, roles, and what waits for whom."""
