"""设置: the rules of the agency read, changed, tried and adopted in the browser.

Forms and pages are made from the schema of the rules (`packs.rules.schema`); what a field is called stands in
`words`. What may be in force is said by `packs.rules.objections`, who may adopt by the action.
"""
