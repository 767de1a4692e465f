"""A Wagtail project as `wagtail start` makes it, with its settings for production and PostgreSQL."""

# mypy: ignore-errors
# Django and Wagtail are installed for the measurement alone, in an environment of their own.

import os

DEBUG = False
SECRET_KEY = os.environ["COUNTY_SECRET_KEY"]
ALLOWED_HOSTS = [".yj.localhost", "127.0.0.1"]
INSTALLED_APPS = [
    "pages",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailcache",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
WAGTAIL_CACHE = os.environ["COUNTY_CACHE"] == "1"
if WAGTAIL_CACHE:  # First and last, as its documentation says.
    MIDDLEWARE = [
        "wagtailcache.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "wagtailcache.cache.FetchFromCacheMiddleware",
    ]
#: Nothing that Django offers is faster for one worker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_PREFIX": "wagtailcache",
        "TIMEOUT": 3600,
    }
}
ROOT_URLCONF = "county.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "wagtail",
        "USER": "wagtail",
        "HOST": os.environ["COUNTY_DATABASE_FOLDER"],
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE, TIME_ZONE, USE_I18N, USE_TZ = "zh-hans", "Asia/Shanghai", True, True
WAGTAIL_I18N_ENABLED = False
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "county"
WAGTAILADMIN_BASE_URL = "http://www.yj.localhost"
#: Nothing is searched here, and an index takes long to make.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
