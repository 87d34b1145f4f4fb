"""One file that holds all that the site cannot make anew: database, pictures, the clinic's words, the signing key."""
