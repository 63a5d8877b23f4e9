"""Routes at work: seats, decisions, returns.

Words: *round* (grows at each hand-in; decisions of earlier rounds never count), *seat* (one step of one
round and the person who sits there, empty until taken), *decision* (同意, 签发, 退回修改, bound to
the version before and after the decider's own edit), *board* (one round as the rules see it).

The four-eyes rule is `rules.why_not_leave`: every way out of the house asks it.

Never: lets a person decide on their own text, or on two levels; keeps a decision for a text it did not see.
"""
