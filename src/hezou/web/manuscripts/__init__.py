"""Pages of pieces: list, paste, write, compare."""
