"""Themes, calls, assignments. Unfurnished."""
