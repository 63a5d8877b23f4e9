"""The libraries of the suite, loaded once: the runs of `faults.py` are forked from a server that has them.

Nothing of ours is here, and nothing that must see settings first.
"""

from __future__ import annotations

import cryptography.fernet
import django.core.management
import django.db.models
import django.forms
import django.template
import django.test
import django.urls
import django.views.generic
import django_tasks
import hypothesis.strategies
import lxml.etree
import PIL.Image
import playwright.sync_api
import pydantic
import pypinyin
import pytest
import xlsxwriter

__all__ = [
    "PIL",
    "cryptography",
    "django",
    "django_tasks",
    "hypothesis",
    "lxml",
    "playwright",
    "pydantic",
    "pypinyin",
    "pytest",
    "xlsxwriter",
]
