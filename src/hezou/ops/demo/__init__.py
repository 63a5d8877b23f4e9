"""The demo agency: a bureau of ten units and sixty people with a year of work."""
