"""django.contrib.admin as an app, with the site of admin_site.py."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "clinic_site.staff.sign_in.admin_site.StaffAdminSite"
