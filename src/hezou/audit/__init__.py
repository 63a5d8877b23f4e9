"""Who did what: the chain, the deeds, and the only hand that moves a state."""
