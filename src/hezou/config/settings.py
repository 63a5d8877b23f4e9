"""Django's settings, from the typed environment. What may differ between installations is in `env.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from hezou.config import env

ENV = env.read()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "hezou.config.urls"
WSGI_APPLICATION = "hezou.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- rooms ----------------------------------------------------------------------------------------
ROOMS = [  # from the lowest storey up; the order is import-linter's
    *("audit", "jobs", "files", "packs", "documents"),
    *("people", "notices", "deadlines"),
    *("planning", "checks", "merits", "archive"),
    *("manuscripts", "review", "bulletins", "submissions", "publishing"),
    *("listening", "assessment", "training", "exchange"),
    *("access", "web", "api", "ops"),
]
INSTALLED_APPS = [
    *(f"hezou.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "hezou.api.problems.Problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hezou.web.security.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hezou.web.language.Language",
    "hezou.web.security.sessions.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hezou.web.shell.Refusals",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# --- tables ---------------------------------------------------------------------------------------
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    # Without IMMEDIATE a reader that turns writer fails at once instead of waiting for its turn.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        # What is deleted is overwritten with zeros, so that a purge leaves nothing in the file.
        " PRAGMA secure_delete=ON;",
    },
}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql"}


def database(place: env.Database) -> dict[str, Any]:
    """Django's settings for one database."""
    return {
        **(SQLITE if place.engine == "sqlite" else POSTGRESQL),
        "NAME": place.name,
        "USER": place.user,
        "PASSWORD": place.password,
        "HOST": place.host,
        "PORT": place.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database_at(url: str) -> dict[str, Any]:
    """Settings for the database at an address as `HEZOU_DATABASE` takes it; raises WrongEnvironment."""
    return database(env.database(url))


DATABASES = {"default": database(ENV.database)}
DATABASE_AT = database_at
CACHES = {  # in the database, so that rate limits count over all workers
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Guesses at names that do not exist make entries too; they must not push the others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- work for later --------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "hezou.jobs.backend.Backend"}}
WAKE = ENV.data_dir / "wake"

# --- language and time ----------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

# --- who logs in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["hezou.access.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "hezou.web.security.entering.Adapter"
# Our own budgets (web/security/gate.py) stand in their place: these would let strangers lock an account.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies

MFA_ADAPTER = "hezou.people.actions.sealing.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Hezou"
FACTOR_KEYS = ENV.factor_keys

SESSION_IDLE, SESSION_LONGEST = ENV.idle, ENV.longest
SESSION_COOKIE_AGE = int(ENV.longest.total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
# A browser takes a name that begins so over https alone, and from this host alone.
COOKIES = "__Host-" if ENV.https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, DEVICE_COOKIE_NAME = (
    f"{COOKIES}{name}" for name in ("sessionid", "csrftoken", "device")
)

# --- what a browser may do ------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if ENV.https else None  # browsers refuse it over plain HTTP
SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None

# A form of 500,000 characters (12 bytes each at most) must reach the page, which answers 413 and keeps it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# The rules of an agency with thirty routes are one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "hezou.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- files served ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = ENV.data_dir / "static"
DATA_DIR = ENV.data_dir
BLOBS = ENV.data_dir / "blobs"
BACKUPS = ENV.backups
HEADS = ENV.data_dir / "heads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- e-mail: off unless the environment names a way out -----------------------------------------------
POST = ENV.post
if POST is not None:
    EMAIL_HOST, EMAIL_PORT = POST.host, POST.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = POST.user, POST.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = POST.security == "tls", POST.security == "starttls"
    DEFAULT_FROM_EMAIL = POST.sender
EMAIL_TIMEOUT = 60

# --- webhooks: to public addresses, and to the networks of one's own that the environment names ---------
HOOK_NETWORKS = ENV.hook_networks

# --- logs: addresses, codes and places, never a body ----------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "hezou.config.logs.WithoutRows",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "hezou.config.logs.AsJson"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENV.logs}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
