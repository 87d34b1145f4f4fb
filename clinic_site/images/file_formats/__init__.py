"""The structure of JPEG, PNG, WebP and HEIC files, read without decoding anything."""
