"""Telling people what concerns them, each thing once.

Words: *notice* (one person told of one thing at one stage), *mail* (a notice on its way out, with a lease of
its own), *choice* (what a person wants to be told, and whether by e-mail as well).

Never: holds a title or a text (codes and a `Ref`; the title is looked up for whoever reads); asks for a
receipt; tells somebody of their own act. E-mail is off until the installation and the person switch it on;
a mail names no piece.
"""
