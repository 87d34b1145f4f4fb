"""Is all well? Each fault that can be seen from here, in words, with what to do about it."""
