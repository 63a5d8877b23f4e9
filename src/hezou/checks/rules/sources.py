"""On whose word the checks stand. All standards named here are recommended ones (GB/T)."""

from hezou.checks.rules.model import Source

PUNCTUATION = Source("punctuation", "GB/T 15834—2011, General rules for punctuation, {clause}")
NUMERALS = Source("numerals", "GB/T 15835—2011, General rules for writing numerals in public texts, {clause}")
LAYOUT = Source("layout", "GB/T 9704—2012, Layout key for official documents, {clause}")
SECRETS_LAW = Source("secrets_law", "Law on Guarding State Secrets (2024), article {clause}")
UNFINISHED = Source(
    "unfinished", "Practice of official writing: what still has to be filled in is no text yet"
)
ORDER = Source(
    "order", "Practice of official writing: items of one list stand alike and are counted without gaps"
)
SENTENCE = Source("sentence", "Practice of official writing: a sentence is whole")
DATES = Source("dates", "Practice of official writing: dates are written in full, as year, month and day")
LOGIC = Source("logic", "Practice of official writing: a figure is either exact or vague, and vague once")
UNIFORM = Source("uniform", "Practice of official writing: one form for one thing throughout a text")
METROLOGY_LAW = Source(
    "metrology_law", "Law on Metrology, article {clause}: legal units of measurement are used"
)
REGULATIONS = Source(
    "regulations",
    "Regulations on handling official documents of Party and government organs (2012), article {clause}",
)
TITLES = Source("titles", "Practice of official writing: a title says what, and of which sort, once")
CITING = Source("citing", "Practice of official writing: the title comes first, then the number")
FORMULAS = Source("formulas", "Practice of official writing: closing words are a sentence")
HOUSE = Source("house", "Rule of the agency: {clause}")
FACTS = Source(
    "facts",
    "Regulations on handling official documents (2012), article 20 (4): figures, dates, names are right",
)
WORK_SECRETS = Source("work_secrets", "Law on Guarding State Secrets (2024), article {clause}: work secrets")
PERSONAL_DATA = Source("personal_data", "Personal Information Protection Law, article {clause}")
MINORS_LAW = Source("minors_law", "Law on the Protection of Minors, article {clause}")
READING = Source("reading", "Practice of official writing: sentences short enough to be read at once")
CONCISE = Source(
    "concise", "Regulations on handling official documents (2012), article {clause}: terse wording"
)
BURDEN = Source("burden", "Provisions on rectifying formalism to lighten burdens at the grass roots (2024)")
