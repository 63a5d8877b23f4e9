"""Writers' growth. Unfurnished."""
