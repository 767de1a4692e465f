"""Visitors' pages, and the answer that a server gives once it serves."""

# mypy: ignore-errors

from django.http import HttpResponse
from django.urls import include, path
from wagtail import urls

urlpatterns = [path("readyz", lambda _request: HttpResponse("ok")), path("", include(urls))]
