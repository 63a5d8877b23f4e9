"""Blobs by hash. Unfurnished."""
