"""The page as it is served: its inlined styles, its finished bytes, and the stamp that says when they are old."""
