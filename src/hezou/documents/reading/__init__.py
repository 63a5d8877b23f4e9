"""Taking documents apart: `door` finds out what a file is, each other module reads one kind or one part."""
