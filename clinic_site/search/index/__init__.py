"""The search index: live pages as passages, and how the worker keeps them in step."""
