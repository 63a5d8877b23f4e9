"""The text model to and from the documents people have: .docx, .txt, .md and pasted rich text; pure.

Words: a *reading* is what came out of a file: its text, its pictures and *notes* naming everything that was
left out or changed; a *layout* is how a text stands on paper; a *sheet* is the form a piece is signed on.
`rules` is the public face. `reading` takes documents apart, `writing` puts them together.

The room never loses anything silently, never touches a disk or a network, never runs what a file brings
along, and keeps nothing: bytes in, text out, and the other way round.
"""
