"""Agencies, units, persons, accounts, roles, deputies, bodies and their journals."""
