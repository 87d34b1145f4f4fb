"""What rooms beside or below the pages show of them, or ask of them: registries that the pages room fills."""
