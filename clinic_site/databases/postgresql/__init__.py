"""PostgreSQL as Django has it, for settings.DATABASES."""
