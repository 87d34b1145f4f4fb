"""The address of the search."""

from django.urls import path

from clinic_site.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]
