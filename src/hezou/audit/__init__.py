"""Who did what: the hash chain, the deeds, and the only hand that moves a state.

Words: *entry* (one line of the chain of an agency), *head* (the chain's last number and hash), *deed*
(one press of a button, so that a second press gets the first answer), *act* (the outermost action:
one transaction, its entries written once as its last statements).

Never: holds a body, a reason, a title or a file name (entries carry codes, ids, seals and salted digests);
names a room above; rewrites an entry.
"""
