"""Backup codes become hashes, sessions of Django's own table end, and owners may read sign-ins and refusals."""

from importlib import import_module

from django.db import migrations

from clinic_site.staff.second_factor.backup_codes import hashed

permission = import_module("clinic_site.staff.migrations.0001_roles").permission


def hash_codes(apps, schema_editor):
    tokens = apps.get_model("otp_static", "StaticToken").objects.all()
    for token in tokens:
        token.token = hashed(token.token)
    tokens.bulk_update(tokens, ["token"])


def end_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()


def let_owners_read(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Owner")
    group.permissions.add(permission(apps, "staff.staffevent", "view"))


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0003_sessions_and_sign_ins"),
        ("otp_static", "0003_add_timestamps"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(hash_codes, migrations.RunPython.noop),
        migrations.RunPython(end_sessions, migrations.RunPython.noop),
        migrations.RunPython(let_owners_read, migrations.RunPython.noop),
    ]
