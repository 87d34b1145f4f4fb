"""The verbs that change pages: publish, move, sign off, create in bulk."""
