"""Seeds of second factors that were shown and never taken into use: whoever had the password may have read them."""

from django.db import migrations


def drop(apps, schema_editor):
    apps.get_model("otp_totp", "TOTPDevice").objects.filter(confirmed=False).delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_roles"), ("otp_totp", "0003_add_timestamps")]
    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
