"""How the site shows itself to others: structured data, meta, and the motif that it is known by."""
