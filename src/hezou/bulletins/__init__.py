"""Issues compiled from approved manuscripts. Unfurnished."""
