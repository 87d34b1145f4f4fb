"""Places as the constraint of the next migration wants them: no two of one name."""

from django.db import migrations


def tell_apart(apps, schema_editor):
    Location = apps.get_model("clinic", "Location")
    names = set(Location.objects.values_list("name", flat=True))
    told = set()
    for pk, name in Location.objects.order_by("position", "pk").values_list("pk", "name"):
        if name in told:
            name = next(one for n in range(2, 10_000) if (one := f"{name[:110]} ({n})") not in names)
            Location.objects.filter(pk=pk).update(name=name)
            names.add(name)
        told.add(name)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0008_people_sign_in")]
    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
