"""Routes at work: seats, decisions, returns."""
