"""The rooms and libraries that Django runs, and the middleware around every request, in their order."""

APPS = [
    "clinic_site.pagecache",
    "clinic_site.pages",
    "clinic_site.clinic",
    "clinic_site.images",
    "clinic_site.enquiries",
    "clinic_site.outbox",
    "clinic_site.staff",
    "clinic_site.content_sync",
    "clinic_site.search",
    "clinic_site.operations",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "markdownx",
    "csp",
    "clinic_site.staff.admin_app.StaffAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles: in development too, WhiteNoise serves static files, so the same headers are on them.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.redirects",
    "django.forms",  # so that forms find their own templates beside ours
]
MIDDLEWARE = [
    # The first five stand outside WhiteNoise, so that files carry the same headers as pages.
    "clinic_site.request_log.NoteRoute",
    "clinic_site.headers.IsolationHeaders",
    "clinic_site.pages.public.redirect_middleware.StraightToHttps",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic_site.headers.PublicCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "clinic_site.headers.Validators",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "clinic_site.staff.sessions.activity.Activity",
    "clinic_site.staff.second_factor.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic_site.pages.public.redirect_middleware.OldAddresses",
    "axes.middleware.AxesMiddleware",
]
# With DEBUG alone
RELOAD_FIRST = "clinic_site.operations.development.browser_reload.Answers"
RELOAD_LAST = "clinic_site.operations.development.browser_reload.AddScript"
