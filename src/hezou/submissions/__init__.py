"""Pieces sent upward to bodies, and what became of them.

Words: *submit* (agency → body, once per body, always the signed version), *adoption* (a body used the
piece, in a journal, in some form), *evidence* (how sure the office is of it).

Never: lets a version leave that `review.rules.why_not_leave` objects to; counts points.
"""
