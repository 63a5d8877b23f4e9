"""误录清除: withholding a piece by its number, the second person's word, and what stays out of reach (R7)."""
