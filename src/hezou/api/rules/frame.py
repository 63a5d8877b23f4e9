"""Where the door stands, how much of it anybody gets, and what it says by itself."""

from __future__ import annotations

from hezou.kernel.messages import define

ROOT = "/api/v1/"
"""What every address begins with; the number grows when a program written for it would break."""
RATE, WINDOW = 300, 60
"""Requests of one token within so many seconds."""
PAGE, LONGEST_PAGE = 30, 100
"""Rows of a page of a list: by default, and at most."""
KEY = 255
"""Characters of an Idempotency-Key at most."""

NO_TOKEN = define(
    "api.no_token", "Send a token that holds, as “Authorization: Bearer hz_…”. Tokens are made on the pages."
)
NOT_IN_TOKEN = define("api.not_in_token", "This token is not for: {verb}.")
TOO_MANY = define("api.too_many", "Too many requests with this token. Go on in {seconds} seconds.")
MALFORMED = define("api.malformed", "The request cannot be read: its body is no JSON, or it is incomplete.")
NOT_JSON = define("api.not_json", "Send the body as application/json.")
NO_KEY = define(
    "api.no_key",
    "Send an Idempotency-Key of 1 to {most} visible characters, a new one for each deed.",
)
KEY_REUSED = define(
    "api.key_reused", "This Idempotency-Key was used for another request. Take a new one for each deed."
)
NO_REVISION = define(
    "api.no_revision",
    "Say which revision you saw, as “revision” in the body or as If-Match; not two of them.",
)
BAD_CURSOR = define("api.bad_cursor", "This is no cursor of this list. Take “next” as it was given.")
WRONG_METHOD = define("api.wrong_method", "This address does not take {method}.")
TOO_LARGE = define("api.too_large", "The body is too large.")
FAILED = define("api.failed", "Something went wrong here. The log of this installation tells more.")
MISSING = define("api.missing", "{place}: this must be there.")
UNKNOWN = define("api.unknown", "{place}: nothing of this name is known here.")
WRONG = define("api.wrong", "{place}: this value cannot be meant ({rule}).")
WRONG_URL = define(
    "api.wrong_url",
    "Give an address such as https://host/path: no user, no fragment, at most {most} characters. "
    "Without TLS only the networks named in HEZOU_HOOK_NETWORKS are told.",
)
OUT_OF_REACH = define(
    "api.out_of_reach",
    "This address leads into the house's own network; hooks go there only where HEZOU_HOOK_NETWORKS says so.",
)
TOO_MANY_HOOKS = define("api.too_many_hooks", "There are {most} hooks already. End one first.")
ENDED_ALREADY = define("api.ended_already", "This hook has ended already.")
