"""On whose word the checks stand. All standards named here are recommended ones (GB/T)."""

from hezou.checks.rules.model import Source
from hezou.kernel.messages import define

PUNCTUATION = Source(
    define("check.source.punctuation", "GB/T 15834—2011, General rules for punctuation, {clause}")
)
NUMERALS = Source(
    define(
        "check.source.numerals",
        "GB/T 15835—2011, General rules for writing numerals in public texts, {clause}",
    )
)
LAYOUT = Source(define("check.source.layout", "GB/T 9704—2012, Layout key for official documents, {clause}"))
SECRETS_LAW = Source(
    define("check.source.secrets_law", "Law on Guarding State Secrets (2024), article {clause}")
)
UNFINISHED = Source(
    define(
        "check.source.unfinished",
        "Practice of official writing: what still has to be filled in is no text yet",
    )
)
ORDER = Source(
    define(
        "check.source.order",
        "Practice of official writing: items of one list stand alike and are counted without gaps",
    )
)
SENTENCE = Source(define("check.source.sentence", "Practice of official writing: a sentence is whole"))
DATES = Source(
    define(
        "check.source.dates",
        "Practice of official writing: dates are written in full, as year, month and day",
    )
)
LOGIC = Source(
    define(
        "check.source.logic",
        "Practice of official writing: a figure is either exact or vague, and vague once",
    )
)
UNIFORM = Source(
    define("check.source.uniform", "Practice of official writing: one form for one thing throughout a text")
)
METROLOGY_LAW = Source(
    define(
        "check.source.metrology_law",
        "Law on Metrology, article {clause}: legal units of measurement are used",
    )
)
REGULATIONS = Source(
    define(
        "check.source.regulations",
        "Regulations on handling official documents of Party and government organs (2012), article {clause}",
    )
)
TITLES = Source(
    define("check.source.titles", "Practice of official writing: a title says what, and of which sort, once")
)
CITING = Source(
    define("check.source.citing", "Practice of official writing: the title comes first, then the number")
)
FORMULAS = Source(
    define("check.source.formulas", "Practice of official writing: closing words are a sentence")
)
HOUSE = Source(define("check.source.house", "Rule of the agency: {clause}"))
FACTS = Source(
    define(
        "check.source.facts",
        "Regulations on handling official documents (2012), article 20 (4): figures, dates, names are right",
    )
)
WORK_SECRETS = Source(
    define(
        "check.source.work_secrets", "Law on Guarding State Secrets (2024), article {clause}: work secrets"
    )
)
PERSONAL_DATA = Source(
    define("check.source.personal_data", "Personal Information Protection Law, article {clause}")
)
MINORS_LAW = Source(define("check.source.minors_law", "Law on the Protection of Minors, article {clause}"))
READING = Source(
    define("check.source.reading", "Practice of official writing: sentences short enough to be read at once")
)
CONCISE = Source(
    define(
        "check.source.concise",
        "Regulations on handling official documents (2012), article {clause}: terse wording",
    )
)
BURDEN = Source(
    define(
        "check.source.burden",
        "Provisions on rectifying formalism to lighten burdens at the grass roots (2024)",
    )
)
