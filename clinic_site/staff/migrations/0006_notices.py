"""Owners and editors put up notices."""

from importlib import import_module

from django.db import migrations

roles = import_module("clinic_site.staff.migrations.0001_roles")


def allow(apps, schema_editor):
    for name in ("Owner", "Editor"):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(
            *(roles.permission(apps, "clinic.notice", action) for action in roles.ALL)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0005_prices_and_places_of_people"),
        ("clinic", "0007_notices"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
