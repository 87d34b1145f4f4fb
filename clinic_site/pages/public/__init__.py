"""Pages over HTTP: for patients, for search engines, redirects, not found."""
