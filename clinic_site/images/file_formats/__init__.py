"""The structure of JPEG, PNG and WebP files, read without decoding anything."""
