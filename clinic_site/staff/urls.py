"""The addresses of the second factor and of the sessions, below the admin."""

from django.urls import path

from clinic_site.staff.second_factor import views as second_factor
from clinic_site.staff.sessions import views as sessions

app_name = "staff"
urlpatterns = [
    path("second-factor/", second_factor.overview, name="second-factor"),
    path("second-factor/set-up/", second_factor.set_up, name="set-up"),
    path("second-factor/code/", second_factor.verify, name="verify"),
    path("second-factor/backup-codes/", second_factor.backup_codes, name="backup-codes"),
    path("second-factor/remove/", second_factor.take_off, name="remove"),
    path("sessions/", sessions.mine, name="sessions"),
    path("sessions/end/", sessions.end_one, name="end-session"),
    path("sessions/end-others/", sessions.end_others, name="end-others"),
]
