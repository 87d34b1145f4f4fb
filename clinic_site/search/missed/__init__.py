"""What patients looked for and did not find: words that the site knows, counted by the day, never who typed them."""
