"""The addresses of the second factor, below the admin."""

from django.urls import path

from clinic_site.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.overview, name="second-factor"),
    path("set-up/", views.set_up, name="set-up"),
    path("code/", views.verify, name="verify"),
    path("backup-codes/", views.backup_codes, name="backup-codes"),
    path("remove/", views.take_off, name="remove"),
]
