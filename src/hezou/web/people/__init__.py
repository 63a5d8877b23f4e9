"""Pages of the directory: units, persons, roles, deputies, accounts, import; bodies and their journals."""
