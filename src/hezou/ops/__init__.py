"""Commands, the demo, backfills, health."""
