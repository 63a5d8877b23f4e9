"""The same on PostgreSQL: the server that the benchmark started, a database of Wagtail's own."""

import os

from .bench_sqlite import *  # noqa: F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "wagtail",
        "USER": "hezou",
        "HOST": os.environ["HEZOU_TEST_FOLDER"],
    }
}
