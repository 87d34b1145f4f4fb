"""A revision becomes a page: its view model, navigation, pictures, structured data, Markdown twin."""
