"""Telling people. Unfurnished."""
