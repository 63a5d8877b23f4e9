"""The door's own rules, pure: its frame, what is told to hooks, how that is signed, and where it may go."""
