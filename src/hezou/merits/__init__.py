"""Facts that may earn points, with the people and units of that day."""
