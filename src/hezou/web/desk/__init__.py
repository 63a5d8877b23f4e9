"""The desk: what waits for me, what I wait for, what is new."""
