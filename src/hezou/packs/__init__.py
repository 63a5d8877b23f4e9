"""Rules as data: kinds, routes, labels and limits, adopted with date and source."""
