"""How many requests are answered, and how soon: alone, behind web servers, beside slow clients and others."""
