"""content/ and the pages: what the files say is taken in, what staff wrote is handed back."""
