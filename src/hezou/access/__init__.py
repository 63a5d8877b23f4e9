"""Every permission: roles x verbs, predicates on people and things, and the visible rows beside them.

Words: *verb* (`manuscript.submit`), *standing* (the roles and principals of a person on a day), *scope*
(what opens a piece to a person: themselves, a seat, a unit they head, the office), *token* (a key with
which a program acts in a person's name, by some of that person's verbs, until a day).

Never: asks for a thing's state (that is the lifecycles' matter); lets anybody through for being powerful;
keeps a token as it was shown.
"""
