"""How names are written (`names`), who may hold what (`roles`), deputies (`deputies`), one-time passwords
(`passwords`), what a sheet says (`sheet`) and what it would change (`planning`). Pure: no Django."""
