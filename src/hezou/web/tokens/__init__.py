"""Pages of tokens: the keys with which programs act in one's name."""
