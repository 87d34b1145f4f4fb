"""What a browser on a slow phone sees: first views, the next page, and what Lighthouse says."""
