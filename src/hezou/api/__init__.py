"""The machine door: what people do on the pages, done by programs with tokens.

Words: *way* (a verb of ours at an address), *problem* (why not, in the form of RFC 9457: a message's code
with its parameters), *key* (of one press: the second gets the first answer), *hook* (an address that is
told of what happens), *delivery* (one thing told to one hook).

Never: decides anything itself (actions and `access` do); gives out or takes in internal pieces (R4); tells a
hook more than codes and ids; asks a server on the house's own network, unless its environment names it.
"""
