"""Words that may come from somebody who needs help at once, and whom such a person should call. Pure."""
