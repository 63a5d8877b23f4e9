"""Pages of notices: what I was told, how much of it is new, what I want to be told."""
