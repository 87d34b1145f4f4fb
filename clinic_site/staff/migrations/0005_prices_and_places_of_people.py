"""The owner sets prices, and says where and when people see patients."""

from importlib import import_module

from django.db import migrations

roles = import_module("clinic_site.staff.migrations.0001_roles")
OWNER = {"clinic.price": roles.ALL, "clinic.attendance": roles.ALL}


def allow(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Owner")
    for model, actions in OWNER.items():
        group.permissions.add(*(roles.permission(apps, model, action) for action in actions))


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0004_hash_backup_codes"),
        ("clinic", "0006_people_places_prices"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
