"""Who writes pages sees what patients looked for and did not find."""

from importlib import import_module

from django.db import migrations

roles = import_module("clinic_site.staff.migrations.0001_roles")


def allow(apps, schema_editor):
    for name in ("Owner", "Editor"):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(roles.permission(apps, "search.missedsearch", "view"))


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0006_notices"),
        ("search", "0004_missed_searches"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
