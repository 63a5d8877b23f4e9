"""The peer: Wagtail in an environment of its own."""
