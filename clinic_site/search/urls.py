"""The addresses of the search."""

from django.urls import path

from clinic_site.search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.suggested, name="suggestions"),
]
