"""The product's own settings with the suite's database, a fast hasher and plain static files."""

from __future__ import annotations

import base64
import os
import secrets
import tempfile

from tests.support import engine

# Nothing of the machine's own installation reaches the suite, and the suite writes nothing into it.
for name in [name for name in os.environ if name.startswith("HEZOU_") and not name.startswith("HEZOU_TEST_")]:
    del os.environ[name]
os.environ["HEZOU_DATA_DIR"] = tempfile.gettempdir()
# A server that a test starts in a process of its own knows the sessions of this one.
os.environ["HEZOU_SECRET_KEY"] = os.environ.setdefault("HEZOU_TEST_SECRET_KEY", secrets.token_urlsafe(48))
os.environ["HEZOU_FACTOR_KEYS"] = os.environ.setdefault(
    "HEZOU_TEST_FACTOR_KEYS", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
os.environ["HEZOU_DATABASE"] = engine.database_url()

from hezou.config.settings import *  # noqa: E402, F403 - the environment comes first
from hezou.config.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

DATABASES["default"]["TEST"] = engine.test_database()
DATABASES["default"]["CONN_MAX_AGE"] = 0
WAKE, HEADS = engine.folder() / "wake", engine.folder() / "heads"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE.insert(0, "tests.support.moment.Moved")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
