"""The page editor: its form, its fields, how it saves."""
