"""The page as it is served: its inlined styles."""
