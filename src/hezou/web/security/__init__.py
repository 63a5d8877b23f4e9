"""How people get in and stay in: log-in, second factor, open sessions, attempts, headers of every answer."""
