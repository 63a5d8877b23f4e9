"""Concerns of the public and their answers. Unfurnished."""
