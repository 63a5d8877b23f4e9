"""Every permission: roles x verbs, predicates on people and things, the visible-rows scopes beside them."""
