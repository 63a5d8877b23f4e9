"""Pages: one folder per room below; draws what access allows and calls actions."""
