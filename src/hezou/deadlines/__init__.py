"""Clocks and working days. Unfurnished."""
