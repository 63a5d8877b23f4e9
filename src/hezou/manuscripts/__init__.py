"""Text, versions, working copies, authorship, readers.

Words: *manuscript* (a piece: every write bumps its `revision`), *version* (immutable, sealed),
*working copy* (what one person is typing, autosaved), *author* (named
as such at hand-in), *reader* (who may see the piece, as rows),
*seal* (文本校验码: what a decision is bound to).

Never: lets body text stand anywhere but `Text` and `WorkingCopy`; recomputes a stored seal; knows of seats
or bodies (rooms above call its actions).
"""
