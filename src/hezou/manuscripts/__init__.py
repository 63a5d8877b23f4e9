"""Text, versions, working copies, authorship, readers."""
