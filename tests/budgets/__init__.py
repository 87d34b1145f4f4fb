"""Budgets: bytes, requests, queries and layout shift; nothing that depends on the mood of a machine."""
