"""Text checks: findings with a span, a reason and a repair."""
