"""Sheets, review requests, bulletins of results. Unfurnished."""
