"""Settings. What may differ between installations comes from env.py; docs/operations.md has the table of variables."""

import os
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django_stubs_ext import monkeypatch

from clinic_site import env, env_file, installed_apps, time_zones
from clinic_site.file_modes import UMASK
from clinic_site.logs import logging_with
from clinic_site.pagecache import prefetching
from clinic_site.pagecache.stylesheet import bundles

os.umask(UMASK)  # patients' words are nobody else's on this machine; see file_modes.py
monkeypatch()  # `ModelAdmin[Page]`: the types say of which model
ENV_FILE = env_file.place(os.environ)
ENVIRONMENT = env.read(env_file.variables(os.environ))

# Where things are
BASE_DIR = env.BASE_DIR
CONTENT_DIR, SHIPPED_CONTENT_DIR = ENVIRONMENT.content_dir, BASE_DIR / "content"
CONTENT_SYNC = ENVIRONMENT.content_sync  # a start takes CONTENT_DIR in
DATA_DIR = ENVIRONMENT.data_dir
BACKUP_DIR = ENVIRONMENT.backup_dir
BACKUP_KEEP = ENVIRONMENT.backup_keep  # days, weeks, months
BACKUP_NIGHTLY = ENVIRONMENT.backup_nightly
BACKUP_RECIPIENT = ENVIRONMENT.backup_recipient  # a public key of age or gpg
HEALTH_TOKEN = ENVIRONMENT.health_token  # with it a monitor is told what is wrong
HEARTBEAT_URL = ENVIRONMENT.heartbeat_url  # called every minute while all is well
ALARM_EMAIL, ALARM_TO = ENVIRONMENT.alarm_email, ENVIRONMENT.alarm_to  # mail by a second way
PUBLIC_DIR = ENVIRONMENT.public_dir  # all that the web server in front may read
SITE_URL = ENVIRONMENT.site_url  # scheme and host, no trailing slash
SITE_INDEXABLE = ENVIRONMENT.site_indexable
INDEXNOW_KEY = ENVIRONMENT.indexnow_key
SITE_ID = 1
BIND = ENVIRONMENT.bind
PORT = ENVIRONMENT.port
WORKERS = ENVIRONMENT.workers
FORWARDED_ALLOW_IPS = ENVIRONMENT.forwarded_allow_ips

# Django
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
LOCAL_HOSTS = [] if ENVIRONMENT.is_https else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [ENVIRONMENT.site_host, *ENVIRONMENT.allowed_hosts, *LOCAL_HOSTS]
# The Host headers on which pages are answered from memory
PAGE_HOSTS = [urlsplit(SITE_URL).netloc, *(f"{host}:{PORT}" for host in LOCAL_HOSTS)]
INSTALLED_APPS = installed_apps.APPS
MIDDLEWARE = installed_apps.MIDDLEWARE
if DEBUG:  # browsers follow what is changed: operations/development/browser_reload.py
    MIDDLEWARE = [installed_apps.RELOAD_FIRST, *MIDDLEWARE, installed_apps.RELOAD_LAST]
ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LANGUAGE_CODE = "en-ca"
TIME_ZONE = time_zones.clocks_of("America/Vancouver")
os.environ["TZDIR"] = time_zones.FOLDER  # for the C library, which tells the times in the log
USE_I18N = USE_TZ = True

# Data
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if ENVIRONMENT.database["ENGINE"] == "clinic_site.databases.sqlite3":
    # A confirmed enquiry is on disk; writers wait for each other, 5 s (2 s to open it): see docs/operations.md.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,  # but not after trouble: clinic_site/databases
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA busy_timeout=2000; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;"
            " PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000;",
        },
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
CACHES = {"default": ENVIRONMENT.cache}
MEDIA_URL = "/media/"
# In a store that all machines share, or on the disk; what is copied from the store lies apart from what is here alone.
MEDIA_STORE = ENVIRONMENT.media_store
MEDIA_HERE = PUBLIC_DIR / "media"
MEDIA_ROOT = PUBLIC_DIR / "copies" / "media" if MEDIA_STORE else MEDIA_HERE
FILE_UPLOAD_PERMISSIONS = 0o600  # what readers get is opened by the images room, file by file
FILE_UPLOAD_HANDLERS = [
    # A request has been read into memory already, so a file of it needs no disk, and a full /tmp keeps no photo out.
    "clinic_site.images.upload_handler.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = (
    2**40
)  # of a request as it is announced; the first handler ends each file at 25 MB

# Static files: hashed names, compressed once, cached for ever
STATIC_URL = "/static/"
STATIC_ROOT = PUBLIC_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_FILES = "clinic_site.pagecache.hashed_files.HashedFiles"
ON_DISK = "django.core.files.storage.FileSystemStorage"
IN_STORE = "clinic_site.images.store.object_store.ObjectStore"
STORAGES = {
    "default": {"BACKEND": IN_STORE if MEDIA_STORE else ON_DISK, "OPTIONS": MEDIA_STORE},
    "staticfiles": {"BACKEND": PLAIN_FILES if DEBUG else HASHED_FILES},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# Mail
EMAIL_FILE_PATH = DATA_DIR / "mail"  # where mail goes while EMAIL_URL names no server
globals().update(ENVIRONMENT.email)
EMAIL_TIMEOUT = 10  # seconds; Django's default is to wait for ever
DEFAULT_FROM_EMAIL = ENVIRONMENT.default_from_email
SERVER_EMAIL = ENVIRONMENT.default_from_email
MAIL_WORDS_DAYS = 30  # how long sent mail is kept with its words and address

# How long enquiries are kept: closed ones and spam; content/book.md and content/privacy.md say the same
ENQUIRY_RETENTION_MONTHS = ENVIRONMENT.enquiry_retention_months
ENQUIRY_RETENTION_SPAM_DAYS = ENVIRONMENT.enquiry_retention_spam_days

OFFLINE_PAGES = (
    ENVIRONMENT.offline_pages
)  # browsers keep a few pages for when there is no connection

# The styles stand in every page itself, allowed by their hash
SITE_STYLES = bundles(BASE_DIR / "static" / "css")

# Security headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, prefetching.CSP_SOURCE],
        "style-src": [SELF, *(styles.csp_source for styles in SITE_STYLES.values())],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": ENVIRONMENT.is_https,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # which page a patient read is nobody else's business
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# https: gunicorn believes X-Forwarded-Proto from FORWARDED_ALLOW_IPS only, so Django needs no proxy header of its own
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.is_https

# Cookies: only for staff and on the form
COOKIE_PREFIX = "__Host-" if ENVIRONMENT.is_https else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = True
# Strict would sign staff out whenever they follow a link from their mail.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "clinic_site.staff.session_store"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a tap; what was typed is kept in its browser
SESSION_LONGEST = 12 * 3600  # seconds after the sign-in: one working day
# Sent to the admin alone, so no __Host-, which is sent everywhere
DEVICE_COOKIE_NAME = "__Secure-staff-device" if ENVIRONMENT.is_https else "staff-device"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Staff
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}Validator"}
    for rule in ("UserAttributeSimilarity", "CommonPassword", "NumericPassword", "MinimumLength")
]
AUTH_PASSWORD_VALIDATORS[-1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")  # for an address to go on to that is not ours
BACKENDS = ("axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend")
AUTHENTICATION_BACKENDS = list(BACKENDS)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Five wrong passwords for a name from one address, or twenty from all: wait. No address is kept, only its hash.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "clinic_site.staff.sign_in.login_throttling.ByNameToo"
AXES_CLIENT_IP_CALLABLE = "clinic_site.staff.sign_in.login_throttling.veiled_address"
AXES_LOCKOUT_TEMPLATE = "staff/locked.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SECOND_FACTOR_REQUIRED = ENVIRONMENT.second_factor_required  # of owners and front desk
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname

# The editor: django-markdownx draws with the site's renderer, behind the admin's sign-in; its own addresses stay closed
MARKDOWNX_MARKDOWNIFY_FUNCTION = "clinic_site.pages.rendering.draft_preview.body_html"
MARKDOWNX_URLS_PATH = reverse_lazy("admin:pages_page_markdownify")
MARKDOWNX_UPLOAD_URLS_PATH = reverse_lazy("admin:images_image_upload")
MARKDOWNX_EDITOR_RESIZABLE = False

# Logs
LOG_JSON = ENVIRONMENT.log_json
LOGGING = (
    {"version": 1, "disable_existing_loggers": False}
    if DEBUG
    else logging_with(json_lines=LOG_JSON)
)
