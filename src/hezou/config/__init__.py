"""Settings, the typed environment, addresses and the server's entrance; nothing here knows the trade."""
