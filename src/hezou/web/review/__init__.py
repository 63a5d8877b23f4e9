"""Pages of review: what waits, what changed, deciding."""
