"""The link between installations. Unfurnished."""
