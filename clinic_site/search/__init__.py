"""Search for patients: an index of the live pages, kept in step by the worker, and what is asked of it."""
