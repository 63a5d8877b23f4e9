"""Rules as data: kinds, routes, labels, values of bodies and limits, adopted with date and source.

A *family* is a sort of rules with one schema; a *document* is one TOML text of a family, named by its
code; a *version* is a document as an agency adopted it, in force from a day until a later version of the
same document is; the *rulebook* of a day is all that is in force then, joined. A *set* is one document
of every family, shipped with the product for an agency to begin with.

Never changes or deletes a version, never reads a shipped file after adoption, never asks who may adopt,
and never writes the trail: whoever calls from above does.
"""
