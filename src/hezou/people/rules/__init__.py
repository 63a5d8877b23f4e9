"""How names are written (`names`), who may hold what (`roles`), deputies (`deputies`), passwords
(`passwords`), how often they may be guessed (`budgets`), second factors (`totp`, `keys`), names of browsers
(`devices`), what a sheet says (`sheet`) and what it would change (`planning`). Pure: no Django."""
