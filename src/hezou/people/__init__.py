"""Agencies, units, persons, accounts, roles, deputies, absence, duty roster, bodies and their journals.

Words: *unit* (a node of the agency's tree; the agency itself is its root unit), *person* (works here; needs
no account), *account* (the log-in), *role* (what a person may do, over a unit or over the whole agency),
*deputy* (signs in a principal's name between two dates), *absence* (leave, travel or a meeting; its deputy
signs on all its days), *duty* (a place of the roster of one day), *cross reviewer* (named in advance for the
case that a step's holder is an author), *body* (whom the agency reports to) and *journal* (what the body
publishes).

Never: decides a permission (that is `access`), deletes a row (`retired_at`), knows of texts.
"""
