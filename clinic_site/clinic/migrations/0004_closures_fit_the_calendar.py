"""Closures as the constraints of the next migration want them: within the calendar, and no stretch of days twice."""

from datetime import date

from django.db import migrations

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def fit(apps, schema_editor):
    Closure = apps.get_model("clinic", "Closure")
    Closure.objects.filter(ends_on__lt=FIRST_DAY).delete()
    Closure.objects.filter(starts_on__gt=LAST_DAY).delete()
    Closure.objects.filter(starts_on__lt=FIRST_DAY).update(starts_on=FIRST_DAY)
    Closure.objects.filter(ends_on__gt=LAST_DAY).update(ends_on=LAST_DAY)
    told = set()
    for pk, *days in Closure.objects.order_by("pk").values_list("pk", "starts_on", "ends_on"):
        if tuple(days) in told:
            Closure.objects.filter(pk=pk).delete()
        told.add(tuple(days))


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_say_it_in_words")]
    operations = [migrations.RunPython(fit, migrations.RunPython.noop)]
