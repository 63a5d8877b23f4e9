"""The machine door: the same actions by token. Unfurnished."""
