"""Channels, queue, releases, corrections, coverage. Unfurnished."""
