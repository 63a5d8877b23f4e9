"""Pieces sent upward to bodies, and what became of them."""
