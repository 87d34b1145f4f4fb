"""The two addresses for those who watch the site; no page of the clinic's can have them, as theirs end in a slash."""

from django.urls import path

from clinic_site.operations.health import views

app_name = "operations"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
