"""Wagtail's settings for the benchmark: SQLite in WAL mode, nothing that only costs time.

Copied into a project that `wagtail start` made; `.base` is the project's own.
"""

import logging
import os
from pathlib import Path

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for a benchmark on this machine alone"
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["WT_FOLDER"]) / "wagtail.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING_CONFIG = None
logging.disable(logging.CRITICAL)
