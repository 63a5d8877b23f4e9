"""The ways of the door, a file a room: what they read and which action they call. No rule stands here."""
