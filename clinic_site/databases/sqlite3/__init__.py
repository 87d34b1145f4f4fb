"""SQLite as Django has it, for settings.DATABASES."""
