"""Facts that may earn points, with the people and units of that day.

Words: *merit* (a fact with a person's share in it). Schemes that turn merits into entries come later.
Never: computes a point; names a room above (facts are named by `Ref`).
"""
