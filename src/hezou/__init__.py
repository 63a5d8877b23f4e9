"""Hezou: a public agency's information and publicity work, from idea to result."""
