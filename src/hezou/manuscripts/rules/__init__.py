"""Seals, content classes and comparison: pure."""
