"""The verbs of notices: telling, and what people do with what they were told; and the way out by e-mail."""
